import { readdir } from 'node:fs/promises'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { z } from 'zod'
import type { SourceModule } from '../../src/sources/types.ts'

const Options = z.strictObject({ folder: z.string().describe('The folder whose files are the jobs that wait.') })

/** Counts the files in a folder: the queue of a program that takes its jobs from a spool folder. */
export const spool: SourceModule<z.infer<typeof Options>> = {
  kind: 'spool',
  title: 'Spool folder',
  about: 'Counts the files that wait in a folder.',
  gives: ['queue.length'],
  schema: Options,
  defaults: { everyMs: 5_000, timeoutMs: 2_000, maxSeries: 1, lagMs: 0 },
  describe: ({ folder }) => folder,
  open: ({ folder }) => ({
    poll: () => read(folder),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }),
}

/** A folder that cannot be read is a reading like any other, with the reason: nothing is thrown. */
async function read(folder: string): Promise<Reading> {
  const nothing = { points: [], texts: [], mapped: [], leftOut: 0 }
  try {
    const value = (await readdir(folder)).length
    const metric = { metric: 'queue.length', unit: 'count', labels: {} }
    return {
      ...nothing,
      up: 1,
      points: [{ ...metric, value, kind: 'gauge' }],
      mapped: [{ ...metric, path: folder, value, how: 'known' }],
    }
  } catch {
    return {
      ...nothing,
      up: 0,
      error: { code: 'unreadable', message: `${folder} cannot be read: check that it exists and may be listed` },
    }
  }
}
