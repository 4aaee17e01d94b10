import { flag } from './flag.ts'
import type { MadeSystem } from './made-system.ts'
import { small } from './small.ts'
import { MIN, one, wobble } from './values.ts'

/** Names that people really give, and some that nobody should. */
export const NAMES = {
  html: '<img src=x onerror=alert(1)> & <b>bold</b>',
  rightToLeft: 'ورشة التسميات التوضيحية 2026',
  long: 'A very long name '.repeat(12).trim(),
  unbroken: 'Averylongnamewithoutanyspaceinit'.repeat(6),
  wide: '字幕工作坊 👩‍🏫',
} as const

export function named(start: number): MadeSystem[] {
  return Object.values(NAMES).map((name, index) => ({ ...small(start, index + 3), name }))
}

/** One system in which everything that can have a name has a trying one. */
export function namedThroughout(start: number): MadeSystem {
  const words = Object.values(NAMES)
  return {
    ...small(start, 5),
    id: 'named',
    name: NAMES.long,
    sources: [
      { id: 'a-source-with-a-name-of-sixty-four-letters-as-long-as-any-may-be', type: 'http-json', everySeconds: 5 },
    ],
    texts: [NAMES.html, NAMES.long, NAMES.unbroken],
    expected: words.map((word) => `Expect ${word}.`),
    success: words.map((text) => ({ text })),
    notes: words.map((text, index) => ({ at: start - (2 + 2 * index) * MIN, text, kind: 'note', by: NAMES.unbroken })),
    flags: words.map((title, index) =>
      flag('named', {
        id: `flag-${index}`,
        metric: 'cpu.used_percent',
        line: 80 + index,
        unit: 'percent',
        severity: index === 0 ? 'critical' : 'warning',
        title,
        says: `${title}: ${title}`,
        figure: title,
        document: title,
        say: title,
        steps: [title, `kubectl rollout restart deployment/${NAMES.unbroken}`],
      }),
    ),
    alerts: words.map((_, index) => ({
      flag: `flag-${index}`,
      metric: 'cpu.used_percent',
      value: 86,
      since: start - (3 + index) * MIN,
    })),
    state: 'critical',
    series: [
      ...words.map((word, index) => ({
        source: 'a-source-with-a-name-of-sixty-four-letters-as-long-as-any-may-be',
        metric: 'cpu.used_percent',
        unit: 'percent',
        labels: { worker: word },
        at: one(wobble(700 + index, 20_000, 60 + index * 4, 90)),
      })),
      {
        source: 'a-source-with-a-name-of-sixty-four-letters-as-long-as-any-may-be',
        metric: `stats.${NAMES.unbroken}.${'deep.'.repeat(12)}value`,
        unit: 'none',
        at: wobble(710, 60_000, 1, 9),
      },
    ],
  }
}
