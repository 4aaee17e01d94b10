import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Event } from '@headroom/shared/model/event.ts'
import type { Sample } from '@headroom/shared/model/series.ts'
import { expect } from 'vitest'
import type { Store } from '../types.ts'

export const START = Date.UTC(2026, 10, 25, 8, 0, 0)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Registers `count` series and gives their numbers. */
export async function someSeries(store: Store, count: number): Promise<number[]> {
  return store.register(
    Array.from({ length: count }, (_, index) => ({
      system: 'lab',
      source: 'http',
      metric: `m${index}`,
      labels: {},
      unit: 'percent',
    })),
  )
}

/** Commits and expects success. The seq is one more than the last. */
export async function put(
  store: Store,
  samples: readonly Sample[],
  events: readonly Event[] = [],
  at = samples[0]?.at ?? START,
): Promise<void> {
  const seq = Math.max((await store.lastSeq()) + 1, ...events.map((event) => event.seq))
  expect(await store.commit({ seq, at, samples, events })).toEqual({ ok: true })
}

/** Every sample of a series. */
export async function all(store: Store, series: number): Promise<{ t: number[]; v: number[]; corrected?: number[] }> {
  const { series: read, next } = await store.raw({
    series: [series],
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    limit: 1_000_000,
  })
  expect(next).toBeNull()
  const { t = [], v = [], corrected } = read[0] ?? {}
  return corrected === undefined ? { t, v } : { t, v, corrected }
}

/** A small generator of chance that gives the same every time (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** `metric` in five-second steps over a span. */
export function steady(series: number, from: number, to: number, everyMs = 5000): Sample[] {
  return Array.from({ length: Math.ceil((to - from) / everyMs) }, (_, index) => ({
    series,
    at: from + index * everyMs,
    value: index % 100,
  }))
}

/** A change of the alert `id`. */
export function alertEvent(seq: number, at: number, id: string, state: Alert['state']): Event {
  const why = { text: '', document: '', figure: '', ours: true }
  return {
    seq,
    at,
    kind: 'alert',
    alert: {
      id,
      flag: id,
      system: 'lab',
      severity: 'warning',
      state,
      value: 1,
      line: 0,
      unit: 'count',
      since: START,
      title: id,
      why,
      steps: [],
    },
  }
}
