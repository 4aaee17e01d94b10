/*
 * The store at 2,000 series x 8 h at 5 s, synchronous=FULL: how fast it takes samples against one row per sample, how
 * many bytes a sample costs, and how fast a chart's query is against Prometheus's. All in one run on one machine.
 *   node bench/store.ts [hours]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { openSqliteStore } from '@headroom/collector/store/sqlite/open-store.ts'
import type { Store } from '@headroom/collector/store/types.ts'
import type { Sample } from '@headroom/shared/model/series.ts'
import { Fleet } from './store-fleet.ts'
import { type Prometheus, startPrometheus } from './store-prometheus.ts'

const SERIES = 2000
const HOURS = Number(process.argv[2] ?? 8)
const START = Date.UTC(2026, 10, 25, 8)
const SLICE_MS = 60_000
const END = START + HOURS * 3_600_000
const CHARTED = [3, 4, 5, 6, 7, 8, 9, 103, 505, 1006, 1507, 1999]

type Ingest = { samples: number; ms: number }

const rate = ({ samples, ms }: Ingest): number => (samples / ms) * 1000
const print = (name: string, text: string): void => console.log(`${name.padEnd(58)} ${text}`)
const thousands = (value: number): string => `${(value / 1000).toFixed(1)} k/s`

async function registered(folder: string): Promise<Store> {
  const store = await openSqliteStore({ folder, clock: systemClock })
  await store.register(
    Array.from({ length: SERIES }, (_, index) => ({
      system: 'bench',
      source: `s${Math.floor(index / 20)}`,
      metric: `m${index}`,
      labels: {},
      unit: 'percent',
    })),
  )
  return store
}

async function ingest(
  store: Store,
  ticks: Iterable<{ at: number; samples: Sample[] }>,
  seen?: (samples: Sample[]) => void,
): Promise<Ingest> {
  const total = { samples: 0, ms: 0 }
  let seq = await store.lastSeq()
  for (const { at, samples } of ticks) {
    const begun = performance.now()
    const result = await store.commit({ seq: ++seq, at, samples, events: [] })
    total.ms += performance.now() - begun
    if (!result.ok) throw new Error(result.failure.message)
    total.samples += samples.length
    seen?.(samples)
  }
  return total
}

/** The hours before START, so that the rows are added to a table of the size that ours has in the end. */
const FILL = `
  INSERT INTO sample WITH RECURSIVE series (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM series WHERE id < ${SERIES}),
    times (at) AS (SELECT ${START - (END - START)} UNION ALL SELECT at + 5000 FROM times WHERE at + 5000 < ${START})
  SELECT id, at, (at / 5000 * id) % 1000 / 10.0 FROM series CROSS JOIN times`

/** The usual table: a row per sample. `each`: a transaction per sample too. */
function ingestRows(
  folder: string,
  ticks: Iterable<{ samples: Sample[] }>,
  { each = false, filled = false } = {},
): Ingest & { bytes: number } {
  using database = new DatabaseSync(join(folder, `rows-${performance.now()}.db`))
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE sample (series INTEGER, at INTEGER, value REAL, PRIMARY KEY (series, at)) WITHOUT ROWID',
  )
  if (filled) database.exec(FILL)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL')
  const insert = database.prepare(
    'INSERT INTO sample VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  const total = { samples: 0, ms: 0 }
  for (const { samples } of ticks) {
    const begun = performance.now()
    if (!each) database.exec('BEGIN')
    for (const { series, at, value } of samples) insert.run(series, at, value)
    if (!each) database.exec('COMMIT')
    total.ms += performance.now() - begun
    total.samples += samples.length
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count'])
  return { ...total, bytes: pages * 4096 }
}

async function compareIngest(folder: string, full: Ingest): Promise<void> {
  const minutes = (count: number, together: boolean): ReturnType<Fleet['ticks']> =>
    new Fleet(SERIES).ticks(START, START + count * SLICE_MS, together)
  const each = ingestRows(folder, new Fleet(SERIES).ticks(START, START + 5000), { each: true })
  const empty = ingestRows(folder, minutes(10, false))
  const rows = ingestRows(folder, minutes(2, false), { filled: true })
  await using store = await registered(join(folder, 'together'))
  const together = await ingest(store, minutes(60, true))
  const emptyTogether = ingestRows(folder, minutes(10, true))
  const rowsTogether = ingestRows(folder, minutes(5, true), { filled: true })
  const against = (ours: Ingest, theirs: Ingest): string =>
    `${(rate(ours) / rate(theirs)).toFixed(1)} x  (${thousands(rate(theirs))})`
  print('ingest, commits of 100 ms (40 samples), ours', thousands(rate(full)))
  print('  against a transaction per sample', against(full, each))
  print(`  against rows in the same commits, onto ${HOURS} h of rows`, against(full, rows))
  print('  against rows in the same commits, onto nothing', against(full, empty))
  print('ingest, commits of 2,000 samples, ours', thousands(rate(together)))
  print(
    `  against rows in the same commits, onto ${HOURS} h of rows`,
    `${against(together, rowsTogether)}; wanted >= 20`,
  )
  print('  against rows in the same commits, onto nothing', against(together, emptyTogether))
  print('  bytes a sample of the rows', (empty.bytes / empty.samples).toFixed(1))
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

async function compareRange(store: Store, prometheus: Prometheus): Promise<void> {
  const ours: number[] = []
  const json: number[] = []
  const theirs: number[] = []
  const stepMs = (END - START) / 300
  for (let round = 0; round < 30; round++) {
    const begun = performance.now()
    const answer = await store.range({ series: CHARTED, from: START, to: END, points: 300 })
    ours.push(performance.now() - begun)
    JSON.stringify(answer)
    json.push(performance.now() - begun)
    const asked = performance.now()
    await prometheus.rangeMax(CHARTED, START, END, stepMs)
    theirs.push(performance.now() - asked)
  }
  print(
    `range of 12 series x ${HOURS} h to 300 points, ours`,
    `${median(ours).toFixed(2)} ms, ${median(json).toFixed(2)} ms with its JSON`,
  )
  print(
    '  against Prometheus query_range (only the max, over HTTP)',
    `${(median(json) / median(theirs)).toFixed(2)} of its ${median(theirs).toFixed(2)} ms; wanted <= 0.5`,
  )
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-store-'))
  try {
    const first = await registered(join(folder, 'ours'))
    const full = await ingest(first, new Fleet(SERIES).ticks(START, END))
    const rss = process.memoryUsage().rss
    await first[Symbol.asyncDispose]()
    const bytes = statSync(join(folder, 'ours', 'headroom.db')).size
    print(
      `bytes a sample on disk (${(full.samples / 1e6).toFixed(1)} M samples)`,
      `${(bytes / full.samples).toFixed(2)}; wanted <= 3.0`,
    )
    print('memory of the whole process after it', `${(rss / 2 ** 20).toFixed(0)} MiB`)
    await compareIngest(folder, full)
    await using prometheus = await startPrometheus(join(folder, 'prometheus'))
    let batch: Sample[] = []
    for (const { samples } of new Fleet(SERIES).ticks(START, END)) {
      batch.push(...samples)
      if (batch.length < 24_000) continue
      await prometheus.write(batch)
      batch = []
    }
    await prometheus.write(batch)
    const begun = performance.now()
    await using store = await openSqliteStore({ folder: join(folder, 'ours'), clock: systemClock })
    print('opening', `${(performance.now() - begun).toFixed(0)} ms (${store.report.kind})`)
    await compareRange(store, prometheus)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
