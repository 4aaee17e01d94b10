import { filesIn, fingerprint, stamp } from './stamp.mjs'
import { visibleStep } from './visible-step.mjs'
import { at, compileCache, runtime, runtimeFlags } from './workspace.mjs'

const warmed = stamp('node_modules/.cache/node-compile/.headroom-stamp')

const isSource = (/** @type {string} */ name) => name.endsWith('.ts') && !name.endsWith('.test.ts')

/**
 * Lets Node make what it makes of the sources, and keep it, in a process of its own: one that does it while it runs
 * is a fifth larger for as long as it lives.
 */
export async function warm() {
  const key = fingerprint(
    [...filesIn('apps/collector/src', isSource), ...filesIn('packages/shared/src', isSource)],
    runtimeFlags,
  )
  if (warmed.holds(key)) return
  warmed.clear()
  await visibleStep({
    title: 'Preparing the collector',
    failure: 'The collector could not be prepared',
    call: [runtime, [...runtimeFlags, at('apps/collector/src/main.ts'), '--version']],
    env: compileCache(),
  })
  warmed.set(key)
}
