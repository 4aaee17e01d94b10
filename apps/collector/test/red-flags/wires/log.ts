import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Wire } from '../stage/types.ts'

/** A log file that is written to: ordinary lines all the time, and once it goes wrong a line that tells of it. */
export function logFile(ordinary: string, wrong: string): Wire {
  return async ({ folder }) => {
    const file = join(folder, 'app.log')
    await writeFile(file, `${wrong}\n`)
    let told = false
    return {
      source: { type: 'log', file },
      async speak({ phase }) {
        await appendFile(file, `${ordinary}\n`)
        if (phase !== 'wrong' || told) return
        told = true
        await appendFile(file, `${wrong}\n`)
      },
    }
  }
}
