import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { Criterion, HeadroomView, SourceView, SystemState } from '@headroom/shared/model/system.ts'

export type MadeSeries = {
  metric: string
  unit: string
  source: string
  labels?: Record<string, string>
  spread?: boolean
  primary?: boolean
  /** What it says at a moment; null where it says nothing. */
  at: (t: number) => number | null
}

export type MadeAlert = {
  flag: string
  /** The series it is about: the first of this metric. */
  metric?: string
  value: number
  since: number
  resolvedAt?: number
  pending?: boolean
}

export type MadeSource = Pick<SourceView, 'id' | 'type' | 'everySeconds'> & {
  error?: { code: string; message: string }
  /** Its last good answer, where it has given none since. */
  silentSince?: number
  /** It has never answered: `pending` until it has an error. */
  never?: boolean
  lagSeconds?: number
  leftOut?: number
  /** What it answered last, as it came; without it one is made of its series. */
  answer?: string
}

/** A line that was kept of a log. */
export type MadeLine = { at: number; pattern: string; source: string; text: string; good: boolean }

/** A made-up system: what it is, and what its series say at any moment. */
export type MadeSystem = {
  id: string
  name: string
  presets: string[]
  state: SystemState
  down: boolean
  since: number
  band?: string
  /** The metric that counts people. */
  people?: string
  sources: MadeSource[]
  headroom: Omit<HeadroomView, 'used' | 'usedPercent'>[]
  texts: string[]
  flags: FlagView[]
  alerts: MadeAlert[]
  lines?: MadeLine[]
  notes: Omit<Note, 'id' | 'system'>[]
  expected: string[]
  success: Criterion[]
  series: MadeSeries[]
}
