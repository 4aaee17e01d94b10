import type { Status } from '@headroom/shared/contracts.ts'
import { numberText } from '../../ui/format-number.ts'
import type { Mark } from '../../ui/mark.ts'

/** One thing the collector says of itself: the value, and in a word whether it is fine. */
export type Health = { name: string; value: string; word: string; mark: Mark; about: string }

type Measure = {
  name: string
  unit: string
  read: (self: Status['self']) => number | null
  /** The first line whose bound the value keeps gives the word; past them all it is the last. */
  lines: readonly { upTo: number; word: string; mark: Mark }[]
  about: string
}

const MIB = 2 ** 20
/** Ours: where a collector of this size stops being light, prompt or complete. */
const MEASURES: readonly Measure[] = [
  {
    name: 'CPU',
    unit: 'percent',
    read: (self) => self.cpuPercent,
    lines: [
      { upTo: 50, word: 'fine', mark: 'ok' },
      { upTo: 85, word: 'busy', mark: 'info' },
      { upTo: Infinity, word: 'too busy: it falls behind', mark: 'warning' },
    ],
    about: 'Of one core, which is all it uses.',
  },
  {
    name: 'Memory',
    unit: 'bytes',
    read: (self) => self.rssBytes,
    lines: [
      { upTo: 300 * MIB, word: 'fine', mark: 'ok' },
      { upTo: 800 * MIB, word: 'more than usual', mark: 'info' },
      { upTo: Infinity, word: 'too much: look for a source with very many series', mark: 'warning' },
    ],
    about: 'Resident, all in all.',
  },
  {
    name: 'Writing a commit',
    unit: 'seconds',
    read: ({ commitP99Ms }) => (commitP99Ms === null ? null : commitP99Ms / 1000),
    lines: [
      { upTo: 0.1, word: 'fine', mark: 'ok' },
      { upTo: 1, word: 'slow: the disk is busy', mark: 'info' },
      { upTo: Infinity, word: 'too slow: screens lag, readings may be lost', mark: 'warning' },
    ],
    about: '99 of 100 commits took at most so long.',
  },
  {
    name: 'Asking late',
    unit: 'seconds',
    read: ({ latenessP99Ms }) => (latenessP99Ms === null ? null : latenessP99Ms / 1000),
    lines: [
      { upTo: 0.25, word: 'fine', mark: 'ok' },
      { upTo: 1, word: 'a little late', mark: 'info' },
      { upTo: Infinity, word: 'too late: it has too much to do', mark: 'warning' },
    ],
    about: '99 of 100 questions began at most so long after their time.',
  },
  {
    name: 'Readings lost',
    unit: 'count',
    read: (self) => self.dropped,
    lines: [
      { upTo: 0, word: 'fine', mark: 'ok' },
      { upTo: Infinity, word: 'lost: the disk was too slow', mark: 'warning' },
    ],
    about: 'Since it was started.',
  },
]

/** The collector's own health, each measure with a word whether that is fine. */
export function healthOf(self: Status['self']): Health[] {
  return MEASURES.map(({ name, unit, read, lines, about }) => {
    const value = read(self)
    if (value === null) return { name, about, value: '–', word: 'not measured yet', mark: 'info' }
    const line = lines.find(({ upTo }) => value <= upTo) ?? lines.at(-1)
    return { name, about, value: numberText(value, unit), word: line?.word ?? '', mark: line?.mark ?? 'info' }
  })
}

const RANK: Record<Mark, number> = { critical: 0, warning: 1, unknown: 2, info: 3, ok: 4 }

/** All of it in a mark: that of the worst. */
export function worstHealth(health: readonly Health[]): Mark {
  return health.reduce<Mark>((worst, { mark }) => (RANK[mark] < RANK[worst] ? mark : worst), 'ok')
}
