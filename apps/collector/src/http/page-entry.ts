import { basename } from 'node:path'
import { PageFiles } from './page-files.ts'

const ENTRY = /<script\b(?=[^>]*\btype="module")[^>]*\bsrc="([^"]+)"/

/** Gives the file name of the built page's entry script, null without a build. It is read again when the page was built anew. */
export function createPageEntry(webRoot: string, monotonic: () => number): () => Promise<string | null> {
  const files = new PageFiles(webRoot, monotonic)
  let known: { tag: string; entry: string | null } | undefined
  return async () => {
    const index = await files.find('/index.html')
    if (index === undefined) return null
    if (known?.tag !== index.tag) {
      const source = ENTRY.exec((await index.read()).toString())?.[1]
      known = { tag: index.tag, entry: source === undefined ? null : basename(source) }
    }
    return known.entry
  }
}
