import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { differences, type Fingerprint, readFingerprint, writeFingerprint } from './fingerprint.ts'
import { KEPT_LOOKS, type KeptLook } from './review-story.ts'

const FOLDER = join(import.meta.dirname, '../kept-pictures')

/** The pictures of stories as they were found good: a line each, in a file for every screen. */
export class KeptPictures {
  readonly #folder: string
  readonly #lines = new Map<string, string>()

  constructor(folder = FOLDER) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true })
    for (const file of readdirSync(folder)) {
      for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
        const [story = '', look = '', print] = line.split(' ')
        if (print !== undefined) this.#lines.set(`${story} ${look}`, print)
      }
    }
  }

  /** What is no longer as it was kept, in words. */
  changes(story: string, prints: Record<KeptLook, Fingerprint>): string[] {
    return KEPT_LOOKS.flatMap((look) => {
      const kept = this.#lines.get(`${story} ${look}`)
      if (kept === undefined) return [`${look}: no picture is kept of it yet`]
      return differences(readFingerprint(kept), prints[look]).map(
        ({ x, y, width, height }) => `${look}: looks different at ${x}, ${y} (${width} x ${height} px)`,
      )
    })
  }

  put(story: string, prints: Record<KeptLook, Fingerprint>): void {
    for (const look of KEPT_LOOKS) this.#lines.set(`${story} ${look}`, writeFingerprint(prints[look]))
  }

  /** Writes what has been put; of stories that are no longer told nothing is kept. */
  write(stories: ReadonlySet<string>): void {
    const told = [...this.#lines]
      .filter(([key]) => isKept(key, stories))
      .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
    for (const [screen, lines] of Map.groupBy(told, ([key]) => key.split('/')[0] ?? '')) {
      const text = lines.map(([key, print]) => `${key} ${print}\n`).join('')
      writeFileSync(join(this.#folder, `${screen}.txt`), text)
    }
  }
}

function isKept(key: string, stories: ReadonlySet<string>): boolean {
  const [story = '', look] = key.split(' ')
  return stories.has(story) && KEPT_LOOKS.some((kept) => kept === look)
}
