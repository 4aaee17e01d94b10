import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The full path of something named from the root of the checkout. */
export const at = (/** @type {string} */ path) => join(root, path)

/** The pinned Node: the npm package of that name carries the binary for this machine. */
export const runtime = at('node_modules/node/bin/node')

/** Small rather than fast: the collector stands beside what it watches, and does little at a time. */
export const runtimeFlags = ['--optimize-for-size', '--no-maglev']

// The pin is exact, so a cached copy needs no question to the registry; without a network, npm's own patience is a minute.
const npx = ['--yes', '--prefer-offline', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000']

/**
 * The call that runs the pnpm which package.json pins. npm fetches it once and keeps it in its own cache.
 * What pnpm runs finds pnpm on its PATH, as turbo demands.
 *
 * @param {string[]} args
 * @returns {[command: string, args: string[]]}
 */
export function pnpm(args) {
  const { packageManager } = JSON.parse(readFileSync(at('package.json'), 'utf8'))
  return ['npx', [...npx, packageManager, ...args]]
}

/** The call that runs tasks of the workspace's packages, from turbo's cache where nothing has changed. */
export const turbo = (/** @type {string[]} */ args) =>
  pnpm(['exec', 'turbo', 'run', ...args, '--output-logs=errors-only', '--concurrency=100%'])

export const turboEnv = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1' }

/** The call that builds apps/web into its dist folder. */
export const buildScreen = () => turbo(['build', '--filter=@headroom/web'])

/** Node keeps what it made of the TypeScript sources, which halves the program's time to start from the second time on. */
export function compileCache() {
  return { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? at('node_modules/.cache/node-compile') }
}
