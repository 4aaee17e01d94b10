import { existsSync } from 'node:fs'
import { installKey } from './install.mjs'
import { filesIn, fingerprint, stamp } from './stamp.mjs'
import { visibleStep } from './visible-step.mjs'
import { at, buildScreen, turboEnv } from './workspace.mjs'

const built = stamp('apps/web/dist/.headroom-stamp')
const manifest = 'apps/web/dist/.vite/manifest.json'

const isSource = (/** @type {string} */ name) => !/\.test\.tsx?$/.test(name)

/** What the built screen follows from. */
const sourceKey = () =>
  fingerprint(
    ['tsconfig.base.json', ...filesIn('apps/web', isSource), ...filesIn('packages/shared', isSource)],
    [installKey()],
  )

/** The sources together with what was made of them: a build that somebody else put there does not pass for ours. */
const builtKey = (/** @type {string} */ sources) => fingerprint([manifest], [sources])

/** Builds the screen, or leaves it alone if it was built from these very sources. */
export async function build() {
  const sources = sourceKey()
  if (existsSync(at(manifest)) && built.holds(builtKey(sources))) return

  built.clear()
  await visibleStep({
    title: 'Building the screen',
    failure: 'The screen could not be built',
    call: buildScreen(),
    env: turboEnv,
  })
  built.set(builtKey(sources))
}
