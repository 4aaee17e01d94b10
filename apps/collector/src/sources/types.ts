import type { MetricName } from '@headroom/shared/metrics.ts'
import type { Reading } from '@headroom/shared/model/reading.ts'
import type { ZodType } from 'zod'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../telemetry/logger.ts'

/** Options every source takes, beside its own; durations in ms. */
export type CommonOptions = {
  id: string
  everyMs: number
  timeoutMs: number
  maxSeries: number
  /** Added to every series of this source. */
  labels: Record<string, string>
}

/** What a source remembers over a restart of the collector: a few hundred bytes, which it must be able to do without. */
export type SourceMemory = {
  /** What was kept last; undefined where nothing is known, or it is more than a day old. */
  recall(): string | undefined
  keep(text: string): void
}

export type SourceContext = {
  clock: Clock
  log: Logger
  /** Absent where a source is only looked at, as by `check`. */
  memory?: SourceMemory
  /** Why this IP address may not be connected to, or null. Absent: any may, as for everything that stands in the file. */
  refuseAddress?: (address: string) => string | null
  /** Of a `guided` kind: what the presets of its system look for in logs. */
  guide?: LogGuide
}

/** What to look for in the logs of a system: an id to a regular expression. */
export type LogGuide = {
  patterns: Readonly<Record<string, string>>
  /** Signs that all is well. */
  goodSigns: Readonly<Record<string, string>>
  /** Metrics, per minute, that are the number of lines in which a pattern or a good sign is found: its id to the metric. */
  counts: Readonly<Record<string, string>>
}

/** A source that is asked. One at a time; `poll` must settle soon after the signal aborts, and never throws for a bad answer. */
export type PollSource = AsyncDisposable & {
  poll(signal: AbortSignal): Promise<Reading>
}

/** Where a source that speaks by itself puts what it has to say. */
export type Outlet = {
  /**
   * Takes a reading at once, of now or of the times its points state. False: the collector is behind, and nothing of it
   * was taken. Then whoever pushed is told to come again, or the source keeps what it has, within a bound of its own.
   */
  push(reading: Reading): boolean
  /** Whether `push` would take a reading now: asked before work whose result cannot be kept. */
  hasRoom(): boolean
}

/**
 * A source that speaks by itself: something pushes to it, or it follows a stream. It is opened at once, not at its first
 * slot. With a `poll` it is asked at its slots as well: for what it has gathered since, or only to say that it is well.
 * Without one nothing is asked of it, and silence for three intervals makes it stale.
 */
export type PushSource = AsyncDisposable & {
  /**
   * Begins to listen or to follow; called once, after sources that are gone have closed their ports. What goes wrong is a
   * reading with its reason, and the source's own to try again. `check` never calls it: a `poll` must do without.
   */
  listen(outlet: Outlet): void
  poll?: PollSource['poll']
}

export type Source = PollSource | PushSource

/**
 * One kind of source: a folder, and a line in `sources/index.ts`. Schema, documentation, the list on the Set-up
 * screen and `check` are derived from it.
 */
export type SourceModule<Own, Opened extends Source = PollSource> = {
  kind: string
  title: string
  /** One sentence: what it watches. */
  about: string
  /**
   * The metrics of the catalogue that it can give, beside `up` and `probe.seconds`, so that a screen can say what would
   * supply a flag. `'what it holds'`: whichever its answers hold.
   */
  gives: readonly MetricName[] | 'what it holds'
  /** Of a kind that is pushed to: what to set where it is pushed from, in a sentence or two; `code` between backticks. */
  sender?: string
  /** Its own options, beside the common ones. */
  schema: ZodType<Own>
  defaults: { everyMs: number; timeoutMs: number; maxSeries: number; lagMs: number }
  /** Where it looks, or what is to be sent to it, without any secret; for logs and `check`. */
  describe(options: Own): string
  open(options: Own & CommonOptions, context: SourceContext): Opened
  /** `open` gives a `PushSource`. */
  pushed?: true
  /** What the presets of its system say of logs is given to it: another preset, and it is opened anew. */
  guided?: true
  /** The route that the sources of this kind are pushed to over HTTP, where they are. */
  route?: PushRoute<Opened>
}

/** One HTTP route for all sources of a kind, so that what several of them want is read once. */
export type PushRoute<Opened> = {
  /** Answered to POST; `:name` is a parameter. */
  paths: readonly string[]
  /**
   * Answers one delivery. It decides by the headers who is let in before it asks for the body; whatever comes is an
   * answer, never an exception.
   */
  answer(delivery: Delivery, open: readonly OpenSource<Opened>[]): Promise<PushAnswer>
}

export type OpenSource<Opened> = { system: string; source: string; opened: Opened }

/** What somebody posted. */
export type Delivery = {
  /** The path of the route that it came by, as `paths` has it. */
  path: string
  params: Readonly<Record<string, string>>
  /** Lower case names; of a header sent twice, all values joined. */
  headers: Readonly<Record<string, string | undefined>>
  /** It came from this very machine, and through no proxy. */
  local: boolean
  /** The body, unpacked; asked for at most once. */
  body(maxBytes: number): Promise<DeliveredBody>
}

export type DeliveredBody =
  | { kind: 'bytes'; bytes: Buffer }
  /** Larger than `maxBytes`, packed or unpacked. */
  | { kind: 'too_large' }
  /** The `content-encoding` is none of gzip, deflate and br. */
  | { kind: 'unknown_encoding' }
  /** It does not unpack, or the connection ended before it did. */
  | { kind: 'broken' }
  /** Too many bodies are held at this moment. */
  | { kind: 'busy' }

export type PushAnswer = { status: number; headers?: Readonly<Record<string, string>>; body?: Uint8Array | string }
