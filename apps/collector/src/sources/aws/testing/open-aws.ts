import { FakeClock } from '../../../lib/fake-clock.ts'
import { silentLogger } from '../../../telemetry/logger.ts'
import type { PollSource, SourceContext } from '../../types.ts'
import { aws } from '../aws.ts'
import type { FakeAws } from './fake-aws.ts'

/** A minute that has just ended. */
export const MINUTE_0 = Date.UTC(2026, 10, 25, 8, 20, 0)
const NOW = MINUTE_0 + 60_000

export const ago = (minutes: number): number => MINUTE_0 - minutes * 60_000

/** A source that watches a fake account, at half a minute past. */
export function openAws(
  fake: FakeAws,
  options: Record<string, unknown>,
  {
    everyMs = 60_000,
    timeoutMs = 5_000,
    ...context
  }: Partial<SourceContext & { everyMs: number; timeoutMs: number }> = {},
): PollSource & { clock: FakeClock } {
  const clock = new FakeClock(NOW)
  const parsed = aws.schema.parse({ ...fake.options, ...options })
  const common = { id: 'aws', everyMs, timeoutMs, maxSeries: 200, labels: {} }
  const source = aws.open({ ...parsed, ...common }, { clock, log: silentLogger, ...context })
  return {
    clock,
    poll: (signal) => source.poll(signal),
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  }
}

export const patient = (): AbortSignal => AbortSignal.timeout(60_000)
