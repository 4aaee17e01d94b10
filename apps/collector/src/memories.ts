import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from './lib/clock.ts'
import type { SourceMemory } from './sources/types.ts'
import type { Logger } from './telemetry/logger.ts'

const FILE = 'memories.json'
const MAX_AGE_MS = 24 * 60 * 60_000
const MAX_TEXT = 4_096
const Kept = z.record(z.string(), z.strictObject({ at: z.number(), text: z.string().max(MAX_TEXT) }))

/** What sources remember over a restart, in one small file of the data folder. */
export type Memories = AsyncDisposable & {
  of(system: string, source: string): SourceMemory
}

/**
 * Reads what was kept; a file that cannot be read is as good as none, for sources must do without. It is written whole,
 * under another name first, so that a kill leaves the old one or the new one.
 */
export async function openMemories(folder: string, { clock, log }: { clock: Clock; log: Logger }): Promise<Memories> {
  const file = join(folder, FILE)
  const kept = new Map(Object.entries(await readKept(file)))
  for (const [key, { at }] of kept) if (clock.now() - at > MAX_AGE_MS) kept.delete(key)
  let [wanted, written] = [0, 0]
  let writing: Promise<void> | undefined
  let failed = false

  async function write(): Promise<void> {
    while (written < wanted) {
      written = wanted
      try {
        await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600 })
        await rename(`${file}.new`, file)
        failed = false
      } catch (error) {
        // Told once: a full disk is told by others already.
        if (!failed)
          log.log(
            'warn',
            `${file} cannot be written: after a restart, logs are read from their ends (${String(error)})`,
          )
        failed = true
      }
    }
    writing = undefined
  }

  return {
    of(system, source) {
      const key = `${system}/${source}`
      return {
        recall: () => kept.get(key)?.text,
        keep(text) {
          if (text.length > MAX_TEXT) return
          kept.set(key, { at: clock.now(), text })
          wanted++
          writing ??= write()
        },
      }
    },
    async [Symbol.asyncDispose]() {
      await writing
    },
  }
}

async function readKept(file: string): Promise<z.infer<typeof Kept>> {
  try {
    return Kept.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return {}
  }
}
