import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { openSqliteStore } from '@headroom/collector/store/sqlite/open-store.ts'

type Recorded = { system: string; metric: string; unit: string; everyMs: number; value: (at: number) => number }

/** A data folder in which a collector finds what it recorded before: samples from `from` to now. */
export async function recordedFolder(from: number, recorded: readonly Recorded[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-e2e-'))
  await using store = await openSqliteStore({ folder: join(folder, 'data'), clock: systemClock })
  const ids = await store.register(
    recorded.map(({ system, metric, unit }) => ({ system, source: 'http-json', metric, labels: {}, unit })),
  )
  const to = Date.now()
  const samples = recorded.flatMap(({ everyMs, value }, index) =>
    Array.from({ length: Math.floor((to - from) / everyMs) }, (_, step) => {
      const at = from + step * everyMs
      return { series: ids[index] ?? 0, at, value: value(at) }
    }),
  )
  const result = await store.commit({ seq: 1, at: to, samples, events: [] })
  if (!result.ok) throw new Error(result.failure.message)
  return folder
}
