import { explain } from './explain.mjs'
import { install } from './install.mjs'
import { build } from './build.mjs'
import { endAs, handOver } from './processes.mjs'
import { StepFailed } from './step-failed.mjs'
import { warm } from './warm.mjs'
import { at, compileCache, runtime, runtimeFlags } from './workspace.mjs'

/** The commands of the program that open the screen. */
const withScreen = ['start', 'open']

/** @type {Record<string, (args: string[]) => Promise<void>>} */
const commands = {
  start: (args) => headroom(['start', ...args]),
  headroom,
  async test(args) {
    await install()
    endAs(await handOver([runtime, [at('scripts/check.ts'), ...args]]))
  },
}

async function headroom(/** @type {string[]} */ args) {
  await install()
  if (withScreen.includes(args[0] ?? '')) {
    await build()
    await warm()
  }
  endAs(
    await handOver([runtime, [...runtimeFlags, at('apps/collector/src/main.ts'), ...args]], { env: compileCache() }),
  )
}

/** @param {string[]} argv */
export async function main([name = '', ...args]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    console.error(`Unknown command "${name}". Use one of: ${Object.keys(commands).join(', ')}.`)
    process.exitCode = 2
    return
  }
  try {
    await command(args[0] === '--' ? args.slice(1) : args)
  } catch (error) {
    const failed = error instanceof StepFailed ? error : asFailure(error)
    console.error(failed.message)
    endAs(failed.outcome)
  }
}

/** A refusal of the system (disk full, read-only, npx missing) is explained like any other failure; a bug is thrown on. */
function asFailure(/** @type {unknown} */ error) {
  if (!(error instanceof Error && 'syscall' in error)) throw error
  return new StepFailed(explain('The launcher could not go on', [error.message]))
}
