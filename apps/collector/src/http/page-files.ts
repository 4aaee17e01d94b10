import { readdir, readFile, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** A file of the built page. `tag` changes with its content. */
export type PageFile = { path: string; tag: string; read: () => Promise<Buffer> }

const CHECK_EVERY_MS = 1_000

/**
 * The files under the page's folder by their URL path. Only what a walk of the folder found can be asked for, so no
 * path can lead out of it. The walk is repeated when the page has been built anew.
 */
export class PageFiles {
  readonly #root: string
  readonly #monotonic: () => number
  #files: Map<string, PageFile> | null = null
  #built = ''
  #checkedAt = Number.NEGATIVE_INFINITY

  constructor(root: string, monotonic: () => number) {
    this.#root = root
    this.#monotonic = monotonic
  }

  async find(path: string): Promise<PageFile | undefined> {
    const now = this.#monotonic()
    if (now - this.#checkedAt >= CHECK_EVERY_MS) {
      this.#checkedAt = now
      const built = await tagOf(join(this.#root, 'index.html'))
      if (built !== this.#built || this.#files === null) this.#files = await walk(this.#root)
      this.#built = built
    }
    return this.#files?.get(path)
  }
}

async function walk(root: string): Promise<Map<string, PageFile>> {
  const files = new Map<string, PageFile>()
  // Without a build there is no folder, and no file.
  const names = await readdir(root, { recursive: true }).catch(() => [])
  for (const name of names) {
    const path = join(root, name)
    const tag = await tagOf(path)
    if (tag !== '') files.set(`/${name.split(sep).join('/')}`, { path, tag, read: () => readFile(path) })
  }
  return files
}

/** A file's size and time as one word; "" for what is no file. */
async function tagOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() === true ? `${found.size.toString(36)}-${found.mtimeMs.toString(36)}` : ''
}
