import type { Mapped, Point, Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { Evidence } from './evidence.ts'
import { type FoundLine, LineScanner } from './lines/line-scanner.ts'
import { showLine } from './lines/show-line.ts'
import type { PatternSet } from './patterns/pattern-set.ts'

const MATCHES = 'log.matches_per_minute'
const GOOD_SIGNS = 'log.good_signs_per_minute'
const LINES = 'log.lines_per_minute'
const MINUTE_MS = 60_000
/** A value stands for the time since the one before, and for no longer than so many intervals. */
const MAX_INTERVALS = 3
/** So much is read a second; what a log brings beyond that is passed over, and said. */
export const MAX_BYTES_PER_SECOND = 16 * 2 ** 20

export type TallyOptions = {
  set: PatternSet
  /** Metrics that are the number of times a pattern is found: id of the pattern to the metric, which is per minute. */
  counts: Readonly<Record<string, string>>
  everyMs: number
  clock: { now(): number; monotonic(): number }
}

/** Whether the log could be read all the time since the last question; and why not. */
export type Standing =
  | { kind: 'whole' }
  /** Not all of it, or not yet: what was found is the least there was. The problem is told where it is one. */
  | { kind: 'part'; problem?: SourceProblem }
  | { kind: 'nothing'; problem: SourceProblem }

/** Counts what is found between one question and the next, and says it as rates. */
export class Tally {
  readonly #options: TallyOptions
  readonly #evidence: Evidence
  readonly #counts: number[]
  readonly #scanners = new Set<LineScanner>()
  #lines = 0
  #askedAt: number | undefined
  #skipped = 0
  #budget = MAX_BYTES_PER_SECOND
  #budgetAt: number

  constructor(options: TallyOptions) {
    this.#options = options
    this.#evidence = new Evidence(options.set.patterns)
    this.#counts = options.set.patterns.map(() => 0)
    this.#budgetAt = options.clock.monotonic()
  }

  /** Another stream of lines: one of its own for each file, connection or pipe, so that their lines do not mix. */
  stream(): LineStream {
    const scanner = new LineScanner(this.#options.set.automaton, (line) => this.#found(line))
    this.#scanners.add(scanner)
    return {
      take: (piece) => {
        if (this.allowance() >= piece.length) {
          this.#budget -= piece.length
          scanner.feed(piece)
        } else this.#skip(scanner, piece.length)
      },
      skip: (bytes) => this.#skip(scanner, bytes),
      get unfinished() {
        return scanner.unfinished
      },
      end: () => {
        scanner.end()
        this.#lines += scanner.lines
        this.#scanners.delete(scanner)
      },
    }
  }

  /** How many bytes may be read now. */
  allowance(): number {
    const now = this.#options.clock.monotonic()
    const gained = ((now - this.#budgetAt) / 1_000) * MAX_BYTES_PER_SECOND
    this.#budget = Math.min(MAX_BYTES_PER_SECOND, this.#budget + gained)
    this.#budgetAt = now
    return this.#budget
  }

  /** What was found since the last question. Nothing found is 0 only where all was read; else it is not known. */
  take(standing: Standing): Reading {
    const now = this.#options.clock.monotonic()
    const { everyMs, set, counts } = this.#options
    const elapsed = Math.min(MAX_INTERVALS * everyMs, Math.max(1, now - (this.#askedAt ?? now - everyMs)))
    const perMinute = MINUTE_MS / elapsed
    this.#askedAt = now
    const problem = this.#problem(standing)
    const whole = standing.kind === 'whole' && problem === undefined
    const points: Point[] = []
    const mapped: Mapped[] = []
    set.patterns.forEach(({ id, good }, index) => {
      const count = this.#counts[index] ?? 0
      this.#counts[index] = 0
      if (count === 0 && !whole) return
      const point = rate(good ? GOOD_SIGNS : MATCHES, count * perMinute, { pattern: id })
      points.push(point)
      mapped.push({ ...shown(point), path: id })
      const metric = counts[id]
      if (metric !== undefined) points.push(rate(metric, count * perMinute))
      if (metric !== undefined) mapped.push({ ...shown(rate(metric, count * perMinute)), path: id })
    })
    const lines = this.#takeLines()
    if (standing.kind !== 'nothing' || lines > 0) points.push(rate(LINES, lines * perMinute))
    return {
      up: standing.kind === 'nothing' ? null : 1,
      ...(problem === undefined ? {} : { error: problem }),
      points,
      texts: [],
      happened: this.#evidence.take(),
      mapped,
      leftOut: 0,
    }
  }

  #takeLines(): number {
    let lines = this.#lines
    this.#lines = 0
    for (const scanner of this.#scanners) {
      lines += scanner.lines
      scanner.lines = 0
    }
    return lines
  }

  #problem(standing: Standing): SourceProblem | undefined {
    const skipped = this.#skipped
    this.#skipped = 0
    if (standing.kind === 'nothing') return standing.problem
    if (skipped > 0) {
      const mebibytes = (skipped / 2 ** 20).toFixed(1)
      return {
        code: 'too_fast',
        message: `the log grows faster than the ${MAX_BYTES_PER_SECOND / 2 ** 20} MiB a second that are read: ${mebibytes} MiB were passed over, so the counts are the least there were; log less, or name the file in which the lines that matter are`,
      }
    }
    return standing.kind === 'part' ? standing.problem : undefined
  }

  #skip(scanner: LineScanner, bytes: number): void {
    this.#skipped += bytes
    scanner.skip()
  }

  #found({ patterns, bytes, length }: FoundLine): void {
    const now = this.#options.clock.monotonic()
    let text: string | undefined
    for (const index of patterns) {
      this.#counts[index] = (this.#counts[index] ?? 0) + 1
      this.#evidence.add(index, now, () => (text ??= showLine(bytes, length)))
    }
  }
}

/** Where one stream of a log is put. */
export type LineStream = {
  take(piece: Buffer): void
  /** So many bytes are missing here. */
  skip(bytes: number): void
  /** Nothing more comes; what stands at the end is a line. */
  end(): void
  /** How many bytes of a line have come that nothing has ended yet. */
  readonly unfinished: number
}

function rate(metric: string, value: number, labels: Point['labels'] = {}): Point {
  return { metric, unit: 'per_minute', labels, value, kind: 'gauge' }
}

function shown({ metric, unit, labels, value }: Point): Omit<Mapped, 'path'> {
  return { metric, unit, labels, value, how: 'known' }
}
