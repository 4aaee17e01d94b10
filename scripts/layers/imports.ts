import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { at } from '../launch/workspace.mjs'

export interface Import {
  readonly file: string
  readonly line: number
  /** As written. */
  readonly specifier: string
  /** The file meant, from the root, where it is one of ours. */
  readonly target: string | undefined
  /** `export * from`: what it exports cannot be read from the file. */
  readonly exportsAll: boolean
}

export const sourceFiles = (): string[] =>
  globSync('{apps,packages}/*/{src,test,dev}/**/*.{ts,tsx}', { cwd: at('.') }).toSorted()

// Statements begin a line, as the formatter leaves them; `import()` may stand anywhere.
const statement = /^(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/gm

export function importsOf(file: string, text = readFileSync(at(file), 'utf8')): Import[] {
  return [...text.matchAll(statement)].map((match) => {
    const specifier = match[1] ?? match[2] ?? ''
    return {
      file,
      line: text.slice(0, match.index).split('\n').length,
      specifier,
      target: resolve(file, specifier),
      exportsAll: /^export\s+\*/.test(match[0]),
    }
  })
}

/** Packages of this workspace are reached as `@headroom/NAME/path-in-src.ts`. */
const workspacePackage = /^@headroom\/([^/]+)(?:\/(.+))?$/

function resolve(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return join(dirname(file), specifier)
  const [, name, path = 'index.ts'] = workspacePackage.exec(specifier) ?? []
  if (name === undefined) return undefined
  const folder = existsSync(at(`apps/${name}`)) ? 'apps' : 'packages'
  return `${folder}/${name}/src/${path}`
}
