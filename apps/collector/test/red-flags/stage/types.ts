import type { WatchedClock } from './watched-clock.ts'

/** Where a scene has got to: all is well, then something is wrong, then all is well again. */
export type Moment = {
  phase: 'calm' | 'wrong' | 'well again'
  /** Seconds since the scene began. */
  at: number
  /** Seconds since it went wrong; below zero before that. */
  since: number
  /** Seconds that it has been wrong for, or was. */
  wrongFor: number
  /** Epoch ms. */
  now: number
}

/** What a source says in one phase: the same all along, or as time goes by. */
type Said<Value> = Value | ((moment: Moment) => Value)

/** Calm, and again after it; and wrong. */
export type Scene<Value> = { calm: Said<Value>; wrong: Said<Value> }

/** What a wire finds where the scene is played. */
export type Stage = {
  readonly clock: WatchedClock
  /** Of its system; a file, a port or an account of its own is named after it. */
  readonly system: string
  readonly folder: string
  readonly stack: AsyncDisposableStack
  moment(): Moment
  momentAt(now: number): Moment
  /** An answer that is kept back for so long on the clock: whoever waits for it is not waited for. */
  holdBack(ms: number, answer: () => void): void
  /** An environment variable for `${NAME}` in the configuration. */
  secret(name: string, value: string): void
  /** The address of the collector, once it runs. */
  url(): string
}

/** One real thing that says something, and the source that takes it. */
export type Wire = (stage: Stage) => Promise<Wired>

export type Wired = {
  /** A source as it stands in headroom.yaml, without its timeout. */
  source: Record<string, unknown>
  /** Called every few seconds of the clock, for what speaks by itself. */
  speak?: (moment: Moment) => Promise<void> | void
}

/** A line of a table of the documents. */
export type Row = {
  /** In the document's words. */
  says: string
  /** What goes wrong, where several rows say the same. */
  when: string
  /** Every flag of the system that fires and clears again, and no others. */
  flags: readonly string[]
  from: Wire | readonly Wire[]
  /** The event of the day, in local time of UTC. */
  event?: { start: string; end: string }
}

/** Rows that are played together: how long each phase lasts, in seconds, and how fine time goes by, in ms. */
export type Scenes = {
  title: string
  calm: number
  wrong: number
  wellAgain: number
  stepMs: number
  rows: readonly Row[]
}

export type Table = {
  /** The preset; `web-service` is part of every system. */
  preset: string
  scenes: readonly Scenes[]
}

export function said<Value>({ calm, wrong }: Scene<Value>, moment: Moment): Value {
  const value = moment.phase === 'wrong' ? wrong : calm
  return typeof value === 'function' ? (value as (moment: Moment) => Value)(moment) : value
}

/** The running total of what happens so many times a minute while all is well, and so many while it is not. */
export function total(moment: Moment, calmPerMinute: number, wrongPerMinute: number): number {
  const { at, wrongFor } = moment
  return Math.floor((calmPerMinute * (at - wrongFor) + wrongPerMinute * wrongFor) / 60)
}
