import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { at } from './workspace.mjs'

/** A fingerprint of files by name and content (dates change with every checkout); one that is absent counts as such. */
export function fingerprint(/** @type {string[]} */ paths, /** @type {string[]} */ facts = []) {
  const hash = createHash('sha256').update(JSON.stringify(facts))
  for (const path of paths) {
    const content = existsSync(at(path)) ? readFileSync(at(path)) : undefined
    hash.update(`\0${path}\0${content?.length ?? 'absent'}\0`)
    if (content) hash.update(content)
  }
  return hash.digest('hex')
}

const skipped = new Set(['node_modules', 'dist'])

/**
 * Every file under a folder, in a fixed order.
 *
 * @param {string} folder from the root
 * @param {(name: string) => boolean} wanted
 * @param {number} depth how many folders deep to look
 * @returns {string[]}
 */
export function filesIn(folder, wanted, depth = Infinity) {
  if (!existsSync(at(folder))) return []
  const entries = readdirSync(at(folder), { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return wanted(entry.name) ? [path] : []
    const enter = entry.isDirectory() && depth > 0 && !skipped.has(entry.name) && !entry.name.startsWith('.')
    return enter ? filesIn(path, wanted, depth - 1) : []
  })
}

/**
 * The record of finished work. It lies inside what it vouches for, so that deleting the one deletes the other,
 * and it is taken away before the work starts, so that work cut short leaves none.
 *
 * @param {string} path from the root
 */
export function stamp(path) {
  return {
    holds(/** @type {string} */ key) {
      return existsSync(at(path)) && readFileSync(at(path), 'utf8') === key
    },
    clear() {
      rmSync(at(path), { force: true })
    },
    set(/** @type {string} */ key) {
      mkdirSync(dirname(at(path)), { recursive: true })
      writeFileSync(at(`${path}.new`), key)
      renameSync(at(`${path}.new`), at(path))
    },
  }
}
