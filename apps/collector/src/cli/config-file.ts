import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CliDeps, Words } from './types.ts'

export const CONFIG_NAME = 'headroom.yaml'

/** The configuration that was named by option or environment; undefined where nobody named one. */
export function namedConfig(words: Words, deps: Pick<CliDeps, 'env' | 'cwd'>): string | undefined {
  const named = words.values['config'] ?? deps.env.config
  return named === undefined ? undefined : resolve(deps.cwd, named)
}

/** The configuration to use: the named one, or headroom.yaml here, there or not. */
export function configFile(words: Words, deps: Pick<CliDeps, 'env' | 'cwd'>): string {
  return namedConfig(words, deps) ?? resolve(deps.cwd, CONFIG_NAME)
}

/** headroom.yaml here, where there is one. */
export function configHere(cwd: string): string | undefined {
  const file = resolve(cwd, CONFIG_NAME)
  return existsSync(file) ? file : undefined
}
