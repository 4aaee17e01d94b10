import type { Labels } from './labels.ts'
import type { SourceProblem } from './system.ts'

/** One number that a source said. */
export type Point = {
  metric: string
  unit: string
  labels: Labels
  value: number
  /** Only where the source states its own time; otherwise the scrape slot counts. */
  at?: number
  /** A counter becomes a rate per minute (under `rate`, or `metric`) before it is stored. */
  kind: 'gauge' | 'counter'
  /** Name of the series that a counter's rate is kept under. */
  rate?: string
  /** This series alternates between processes: shown as min to max, no restart, no rate. */
  spread?: boolean
}

/** Where a number in a document went. Shown by `check` and on the Set-up screen. */
export type Mapped = {
  path: string
  /** What `map` and `ignore` call it, where that is not the path; null where it is made of several values. */
  place?: string | null | undefined
  metric: string
  unit: string
  value: number | string
  labels: Labels
  how: 'known' | 'own path' | 'map' | 'ignored'
}

export type TextReading = { path: string; lines: string[] }

/** Something that happened, as a source tells it. It is kept as a transition, and shown beside the values. */
export type Happening =
  | {
      kind: 'note'
      /** The source's own name for it: told again under the same one, it is the same note. */
      id: string
      at: number
      until?: number
      text: string
      as: 'note' | 'deploy' | 'restart'
    }
  | {
      kind: 'log'
      level: 'info' | 'warning' | 'error'
      text: string
      /** The pattern that the line was kept for: the label of the series that counts them. */
      pattern?: string
    }

/** An answer as it came, for people to look at. Whoever keeps it copies the bytes: they may be part of something larger. */
export type RawAnswer = {
  /** The HTTP status, where it speaks HTTP. */
  status?: number
  body: Uint8Array
}

/** What one source said at one moment. A failed scrape is a reading too. */
export type Reading = {
  /** 1: answered. 0: refused, timed out, 5xx or unreadable. null: our own side failed, so nothing can be said of the system. */
  up: 0 | 1 | null
  /** Present when the source counts as failing, whatever it gave besides. */
  error?: SourceProblem
  /** How long the answer took; absent when there was none. */
  tookSeconds?: number
  points: Point[]
  texts: TextReading[]
  /** What happened since the reading before. */
  happened?: Happening[]
  mapped: Mapped[]
  /** Numbers left out because of `maxSeries`. */
  leftOut: number
  /** What it read the values from, where that is text. */
  answer?: RawAnswer
}
