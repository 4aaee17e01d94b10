import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** As the launcher starts the collector: small rather than fast. */
const NODE_FLAGS = ['--optimize-for-size', '--no-maglev', '--semi-space-growth-factor=1', '--expose-gc']

/**
 * Runs a program as the collector is run, twice: Node has seen the sources before `npm start` starts it, for taking the
 * types out of them leaves memory behind. The first run, with `first` as its words, is silent. Gives the exit code of the
 * second.
 */
export async function runAsLaunched(
  program: string,
  folder: string,
  { first, words }: { first: readonly string[]; words: readonly string[] },
): Promise<number> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
  await run([program, ...first], env, 'ignore')
  return run([program, ...words], env, 'inherit')
}

function run(words: readonly string[], env: NodeJS.ProcessEnv, stdio: 'ignore' | 'inherit'): Promise<number> {
  const child = spawn(process.execPath, [...NODE_FLAGS, ...words], { env, stdio })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
