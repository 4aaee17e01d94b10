import type { Reading } from '@headroom/shared/model/reading.ts'
import { openSource, type SourceConfig, type SourceTable } from '../config/source-schema.ts'
import type { Clock } from '../lib/clock.ts'
import type { SourceContext } from '../sources/types.ts'
import { silentLogger } from '../telemetry/logger.ts'

/** How long a source may go on after it was told to stop; then it is left behind. */
const GRACE_MS = 500

/** Stands for the answer of a source of which nothing is asked: it waits for what is pushed to it. */
export const WAITS: Reading = { up: 1, points: [], texts: [], mapped: [], leftOut: 0 }

export type AskOptions = {
  clock: Clock
  /** Nobody waits for the answer any more. */
  signal?: AbortSignal
  refuseAddress?: SourceContext['refuseAddress']
  /** What the presets of its system look for in logs. */
  guide?: SourceContext['guide']
}

/** Asks a source once, for at most its timeout. Whatever goes wrong is a reading that says so. */
export async function askOnce(table: SourceTable, source: SourceConfig, options: AskOptions): Promise<Reading> {
  const { clock, signal, refuseAddress, guide } = options
  const stop = new AbortController()
  const cancelTimeout = clock.after(source.timeoutMs, () => stop.abort(new Error('timeout')))
  let cancelGrace = (): void => undefined
  const late = new Promise<Reading>((resolve) => {
    cancelGrace = clock.after(source.timeoutMs + GRACE_MS, () => {
      resolve(failed('timeout', `no answer within ${source.timeoutMs} ms`))
    })
  })
  const context = {
    clock,
    log: silentLogger,
    ...(refuseAddress === undefined ? {} : { refuseAddress }),
    ...(guide === undefined ? {} : { guide }),
  }
  const stopped = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal])
  try {
    return await Promise.race([pollOnce(table, source, context, stopped), late])
  } catch (error) {
    return failed('unexpected', error instanceof Error ? error.message : String(error))
  } finally {
    cancelTimeout()
    cancelGrace()
  }
}

async function pollOnce(
  table: SourceTable,
  source: SourceConfig,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Reading> {
  await using opened = openSource(table, source, context)
  return opened.poll === undefined ? WAITS : await opened.poll(signal)
}

export function failed(code: string, message: string, up: Reading['up'] = 0): Reading {
  return { up, error: { code, message }, points: [], texts: [], mapped: [], leftOut: 0 }
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
