import { matchesGlob } from 'node:path/posix'
import { type Layer, layers, owners, tests } from '../../layers.ts'
import type { Import } from './imports.ts'

const isAny = (globs: readonly string[], path: string): boolean => globs.some((glob) => matchesGlob(path, glob))
const layerOf = (path: string): Layer | undefined => layers.find((layer) => isAny(layer.files, path))
const packageOf = (path: string): string => path.split('/').slice(0, 2).join('/')

/** What is wrong with an import, in a sentence; nothing if it is allowed. */
export function judge(found: Import): string | undefined {
  return (
    judgeForm(found) ??
    judgeOwner(found) ??
    (found.target === undefined ? undefined : judgeLayer(found.file, found.target))
  )
}

function judgeForm({ file, specifier, target, exportsAll }: Import): string | undefined {
  if (exportsAll) return `export * hides what ${file} exports: name it`
  const leaves = target !== undefined && packageOf(file) !== packageOf(target)
  if (leaves && specifier.startsWith('.'))
    return `reaches into ${packageOf(target)} by a path: import it by its package's name`
  return undefined
}

function judgeOwner({ file, specifier }: Import): string | undefined {
  const owner = owners.find((each) => specifier === each.package || specifier.startsWith(`${each.package}/`))
  if (!owner || isAny(owner.only, file) || isAny(tests, file)) return undefined
  return `${owner.package} belongs to ${owner.only.join(' and ')}: ${owner.why}`
}

function judgeLayer(file: string, target: string): string | undefined {
  if (isAny(tests, file)) {
    const known = packageOf(file) === packageOf(target) || target.startsWith('packages/')
    return known ? undefined : `a test of ${packageOf(file)} may import its own package and shared ones only`
  }
  if (isAny(tests, target)) return `${target} is for tests only`
  const layer = layerOf(file)
  if (!layer) return `${file} belongs to no layer: name one in layers.ts`
  if (isOwn(layer, file, target) || layer.may.some((allowed) => covers(allowed, target))) return undefined
  return `${layer.name} may not import ${layerOf(target)?.name ?? target} (${layer.why})`
}

/** Whether two files lie in the same instance of a layer: the same source, the same feature. */
function isOwn(layer: Layer, file: string, target: string): boolean {
  return layer.files.some((glob) => {
    if (!matchesGlob(file, glob) || !matchesGlob(target, glob)) return false
    const depth = glob.split('/').indexOf('**')
    const folder = (path: string): string =>
      path
        .split('/')
        .slice(0, depth < 0 ? -1 : depth)
        .join('/')
    return folder(file) === folder(target)
  })
}

function covers(allowed: string, target: string): boolean {
  const named = layers.find((layer) => layer.name === allowed)
  return named ? layerOf(target) === named : matchesGlob(target, allowed)
}
