import type { Reading } from '@headroom/shared/model/reading.ts'
import { FakeClock } from '../../../lib/fake-clock.ts'
import { silentLogger } from '../../../telemetry/logger.ts'
import { until } from '../../testing/until.ts'
import { valuesOf } from '../../testing/values.ts'
import type { LogGuide, SourceContext, SourceMemory } from '../../types.ts'
import { log } from '../log.ts'

const EVERY_MS = 5_000
const NEVER = new AbortController().signal

type Given = {
  guide?: Partial<LogGuide>
  refuseAddress?: SourceContext['refuseAddress']
  timeoutMs?: number
  memory?: SourceMemory
  clock?: FakeClock
}

/** A log as the collector watches it: opened, followed, and asked every five seconds of a clock that the test moves. */
export class FollowedLog implements AsyncDisposable {
  readonly clock: FakeClock
  readonly #source: ReturnType<typeof log.open>

  constructor(options: Record<string, unknown>, given: Given = {}) {
    const { guide, refuseAddress, timeoutMs = 5_000, memory, clock = new FakeClock() } = given
    this.clock = clock
    this.#source = log.open(
      { ...log.schema.parse(options), id: 'log', everyMs: EVERY_MS, timeoutMs, maxSeries: 200, labels: {} },
      {
        clock: this.clock,
        log: silentLogger,
        ...(guide === undefined ? {} : { guide: { patterns: {}, goodSigns: {}, counts: {}, ...guide } }),
        ...(refuseAddress === undefined ? {} : { refuseAddress }),
        ...(memory === undefined ? {} : { memory }),
      },
    )
  }

  /** Follows it from now on, as far as it has got with the first question. */
  async begin(): Promise<Reading> {
    this.#source.listen({ push: () => true, hasRoom: () => true })
    return this.poll()
  }

  async poll(signal: AbortSignal = NEVER): Promise<Reading> {
    const reading = await this.#source.poll?.(signal)
    if (reading === undefined) throw new Error('it cannot be asked')
    return reading
  }

  /** What it says an interval later. */
  async next(): Promise<Reading> {
    await this.clock.advance(EVERY_MS)
    return this.poll()
  }

  /** How many lines of each pattern were found in the interval that ends now. */
  async counts(): Promise<Record<string, number>> {
    return countsOf(await this.next())
  }

  /** Asks at intervals until a reading is as wanted. */
  async nextUntil(isSo: (reading: Reading) => boolean): Promise<Reading> {
    return until(() => this.next(), isSo)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#source[Symbol.asyncDispose]())
  }
}

/** The number of lines by pattern, of an interval of five seconds; what is not known is not there. */
export function countsOf(reading: Reading): Record<string, number> {
  const counts = Object.entries(valuesOf(reading)).flatMap(([key, perMinute]) => {
    const pattern = /^log\.(?:matches|good_signs)_per_minute\{pattern="(.*)"\}$/.exec(key)?.[1]
    return pattern === undefined ? [] : [[pattern, Math.round(perMinute * EVERY_MS) / 60_000] as const]
  })
  return Object.fromEntries(counts)
}

/** The lines that were kept. */
export function keptLines({ happened = [] }: Reading): string[] {
  return happened.map(({ text }) => text)
}
