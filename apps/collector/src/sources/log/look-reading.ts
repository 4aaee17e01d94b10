import type { Mapped, Reading } from '@headroom/shared/model/reading.ts'
import type { Look } from './follower.ts'
import { LineScanner } from './lines/line-scanner.ts'
import type { PatternSet } from './patterns/pattern-set.ts'

/** What one look found, for `check` and for trying a source: how often each pattern stands in the newest of the log. */
export function lookReading(look: Look, set: PatternSet): Reading {
  const empty = { points: [], texts: [], mapped: [], leftOut: 0 }
  switch (look.kind) {
    case 'problem':
      return { ...empty, up: null, error: look.problem }
    case 'waits':
      return { ...empty, up: 1, mapped: rows(set, () => `waits for ${look.forWhat}`) }
    case 'sample': {
      const counts = set.patterns.map(() => 0)
      const scanner = new LineScanner(set.automaton, ({ patterns }) => {
        for (const index of patterns) counts[index] = (counts[index] ?? 0) + 1
      })
      scanner.feed(look.bytes)
      scanner.end()
      const lines = `${scanner.lines} line${scanner.lines === 1 ? '' : 's'}`
      const texts = [{ path: 'looked at', lines: [look.what] }]
      return { ...empty, up: 1, texts, mapped: rows(set, (index) => `${counts[index] ?? 0} of ${lines}`) }
    }
  }
}

function rows(set: PatternSet, value: (index: number) => string): Mapped[] {
  return set.patterns.map(({ id, good }, index) => ({
    path: id,
    metric: good ? 'log.good_signs_per_minute' : 'log.matches_per_minute',
    unit: 'per_minute',
    value: value(index),
    labels: { pattern: id },
    how: 'known',
  }))
}
