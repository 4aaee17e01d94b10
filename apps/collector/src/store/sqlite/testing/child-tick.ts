import type { Store, Tick } from '../../types.ts'

export const SERIES = 50
const FIRST_AT = Date.UTC(2026, 10, 25, 8, 0, 0)
const EVERY_MS = 5000

export function childTick(seq: number): Tick {
  const at = FIRST_AT + seq * EVERY_MS
  return {
    seq,
    at,
    samples: Array.from({ length: SERIES }, (_, index) => ({ series: index + 1, at, value: seq })),
    events: [{ seq, at, kind: 'log', level: 'info', text: String(seq) }],
    documents: new Map([['rules', String(seq)]]),
  }
}

/** What is wrong in a store that the child wrote; null when every tick from 1 to some seq >= `acknowledged` is there, whole. */
export async function missing(store: Store, acknowledged: number): Promise<string | null> {
  const last = await store.lastSeq()
  if (last < acknowledged) return `the last tick is ${last}, but ${acknowledged} was acknowledged`
  if (last > 0 && (await store.document('rules')) !== String(last)) return `the document is not of tick ${last}`
  const events = await store.events({ limit: last + 1 })
  if (events.length !== last || events.some((event, index) => event.seq !== index + 1))
    return `${events.length} events of ${last}`
  for (let series = 1; series <= SERIES; series++) {
    const { series: read } = await store.raw({
      series: [series],
      from: 0,
      to: Number.MAX_SAFE_INTEGER,
      limit: last + 1,
    })
    const { t = [], v = [] } = read[0] ?? {}
    if (t.length !== last) return `${t.length} samples of ${last} in series ${series}`
    if (
      t.some((at, index) => at !== FIRST_AT + (index + 1) * EVERY_MS) ||
      v.some((value, index) => value !== index + 1)
    )
      return `a wrong sample in series ${series}`
  }
  const { samples } = await store.stats()
  return samples === last * SERIES ? null : `${samples} samples counted, ${last * SERIES} expected`
}
