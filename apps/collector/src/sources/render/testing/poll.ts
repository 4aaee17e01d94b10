import { roundValue } from '@headroom/shared/metrics.ts'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { onTestFinished } from 'vitest'
import { FakeClock } from '../../../lib/fake-clock.ts'
import { silentLogger } from '../../../telemetry/logger.ts'
import { valuesOf } from '../../testing/values.ts'
import type { PollSource, SourceContext } from '../../types.ts'
import { render } from '../render.ts'
import { FakeRender, type FakeRenderOptions } from './fake-render.ts'
import { fakeService } from './world.ts'

export const MINUTE = 60_000
/** Longer than sources wait for each other before they ask. */
export const GATHERED = 150

type Json = Record<string, unknown>

export async function fakeRender(
  own: Omit<FakeRenderOptions, 'clock'> = {},
): Promise<{ fake: FakeRender; clock: FakeClock }> {
  const clock = new FakeClock()
  const fake = await FakeRender.start({ clock, resources: [fakeService('srv-web')], ...own })
  onTestFinished(() => fake[Symbol.asyncDispose]())
  return { fake, clock }
}

export function open(
  fake: FakeRender,
  clock: FakeClock,
  own: Json = { service: 'srv-web' },
  context: Partial<SourceContext> = {},
): PollSource {
  const { everyMs = MINUTE, maxSeries = 200, ...options } = own
  const parsed = render.schema.parse({ apiKey: fake.key, url: fake.url, ...options })
  const common = { id: 'render', everyMs: Number(everyMs), timeoutMs: 20_000, maxSeries: Number(maxSeries), labels: {} }
  const source = render.open({ ...parsed, ...common }, { clock, log: silentLogger, ...context })
  onTestFinished(() => source[Symbol.asyncDispose]())
  return source
}

/** Asks sources at the same moment. Time stands still while Render is asked. */
export async function pollAll(clock: FakeClock, sources: readonly PollSource[]): Promise<Reading[]> {
  const readings = Promise.all(sources.map((source) => source.poll(new AbortController().signal)))
  // What a source is asked with is loaded at its first poll.
  await import('../watch.ts')
  await clock.advance(GATHERED)
  return readings
}

export async function poll(clock: FakeClock, source: PollSource): Promise<Reading> {
  const [reading] = await pollAll(clock, [source])
  if (reading === undefined) throw new Error('no reading')
  return reading
}

/** The newest value of each series of a reading. */
export function newest(reading: Reading): Record<string, number> {
  const sorted = reading.points.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity))
  return valuesOf({ points: sorted.map((point) => ({ ...point, value: roundValue(point.metric, point.value) })) })
}

export const paths = (fake: FakeRender): string[] => fake.asked.map(({ pathname }) => pathname.replace('/v1', ''))
export const notes = (reading: Reading): string[] =>
  (reading.happened ?? []).map((one) => (one.kind === 'note' ? `${one.as}: ${one.text}` : one.text))
