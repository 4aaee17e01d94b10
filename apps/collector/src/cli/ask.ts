import type { Reading } from '@headroom/shared/model/reading.ts'
import { openSource, type SourceConfig, type SourceTable } from '../config/source-schema.ts'
import type { Clock } from '../lib/clock.ts'
import { silentLogger } from '../telemetry/logger.ts'

/** How long a source may go on after it was told to stop; then it is left behind. */
const GRACE_MS = 500

/** Stands for the answer of a source of which nothing is asked: it waits for what is pushed to it. */
export const WAITS: Reading = { up: 1, points: [], texts: [], mapped: [], leftOut: 0 }

/** Asks a source once, for at most its timeout. Whatever goes wrong is a reading that says so. */
export async function askOnce(table: SourceTable, source: SourceConfig, clock: Clock): Promise<Reading> {
  const stop = new AbortController()
  const cancelTimeout = clock.after(source.timeoutMs, () => stop.abort(new Error('timeout')))
  let cancelGrace = (): void => undefined
  const late = new Promise<Reading>((resolve) => {
    cancelGrace = clock.after(source.timeoutMs + GRACE_MS, () => {
      resolve(failed('timeout', `no answer within ${source.timeoutMs} ms`))
    })
  })
  try {
    return await Promise.race([pollOnce(table, source, clock, stop.signal), late])
  } catch (error) {
    return failed('unexpected', error instanceof Error ? error.message : String(error))
  } finally {
    cancelTimeout()
    cancelGrace()
  }
}

async function pollOnce(table: SourceTable, source: SourceConfig, clock: Clock, signal: AbortSignal): Promise<Reading> {
  await using opened = openSource(table, source, { clock, log: silentLogger })
  return opened.poll === undefined ? WAITS : await opened.poll(signal)
}

function failed(code: string, message: string): Reading {
  return { up: 0, error: { code, message }, points: [], texts: [], mapped: [], leftOut: 0 }
}

/** Runs `task` for every item, at most `width` at a time; results in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const queue = items.entries()
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await task(item)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work))
  return results
}
