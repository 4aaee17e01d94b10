import type { Labels } from '../model/labels.ts'

/** A series as a test writes it: `metric{label="value"}@source`. */
export type NotedSeries = {
  metric: string
  labels: Labels
  source: string | undefined
  values: (number | null | undefined)[]
}

const NAME = /^([^{}@\s]+)(?:\{([^{}]*)\})?(?:@([^{}@\s]+))?$/
const STEP = /^(-?\d+(?:\.\d+)?)(?:([+-]\d+(?:\.\d+)?)?x(\d+))?$/

/**
 * Prometheus' shorthand for a series, one value a step: `a` is a value, `a+bxN` is a, a+b, ... a+N*b (N+1 values),
 * `axN` is a, N+1 times, `_` is no sample (`_xN`: N of them), `stale` is the word that it has become stale.
 */
export function series(name: string, values: string): NotedSeries {
  const named = NAME.exec(name)
  if (named?.[1] === undefined) throw new Error(`${JSON.stringify(name)} is no series: metric{label="value"}@source`)
  return {
    metric: named[1],
    labels: labelsOf(named[2] ?? ''),
    source: named[3],
    values: values.trim().split(/\s+/).flatMap(valuesOf),
  }
}

/** The samples of a noted series, the first of them at `startMs`. */
export function samplesOf(noted: NotedSeries, startMs: number, stepMs: number): { at: number; value: number | null }[] {
  return noted.values.flatMap((value, index) => (value === undefined ? [] : [{ at: startMs + index * stepMs, value }]))
}

function labelsOf(text: string): Labels {
  return Object.fromEntries(
    [...text.matchAll(/([\w.]+)\s*=\s*"([^"]*)"/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  )
}

function valuesOf(word: string): (number | null | undefined)[] {
  if (word === 'stale') return [null]
  const nothing = /^_(?:x(\d+))?$/.exec(word)
  if (nothing !== null) return Array.from({ length: Number(nothing[1] ?? 1) }, () => undefined)
  const step = STEP.exec(word)
  if (step === null) throw new Error(`${JSON.stringify(word)} is none of a, a+bxN, a-bxN, axN, _, _xN, stale`)
  const [first, by, times] = [Number(step[1]), Number(step[2] ?? 0), Number(step[3] ?? 0)]
  return Array.from({ length: times + 1 }, (_, index) => Math.round((first + index * by) * 1e6) / 1e6)
}
