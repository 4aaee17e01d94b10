import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

/** What Node made of the TypeScript sources, kept from start to start; the launcher names the same folder. */
const COMPILED = fileURLToPath(new URL('../../../node_modules/.cache/node-compile', import.meta.url))

/**
 * Makes this process small, for it reads little pieces and forgets them. To be called before the rest is imported:
 * while the program loads, Node's young generation would grow to 32 MB and never shrink again, a quick compiler would
 * work on hundreds of functions that run once, and stripping the types of all sources would leave 25 MB behind.
 * The launcher gives `--optimize-for-size --no-maglev` and NODE_COMPILE_CACHE, which count for main.ts itself too.
 */
export function stayLean(): void {
  setFlagsFromString('--optimize-for-size')
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--no-maglev')
  enableCompileCache(COMPILED)
}
