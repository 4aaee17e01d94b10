import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { said, type Scene, type Wire } from '../stage/types.ts'

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

/** A log file in which a line comes again and again, so many seconds apart; undefined where it does not come. */
export function pacedLog(line: string, apart: Scene<number | undefined>): Wire {
  return async (stage) => {
    const file = join(stage.folder, 'app.log')
    await writeFile(file, '')
    let toldAt = 0
    return {
      source: { type: 'log', file, every: '2m' },
      async speak(moment) {
        if (moment.at - toldAt < (said(apart, moment) ?? Infinity)) return
        toldAt = moment.at
        await appendFile(file, `${line}\n`)
      },
    }
  }
}
