/*
 * Commits ticks for ever and says the seq of each on its own line once its commit has resolved; for tests that kill it.
 * Tick n holds sample n of each of SERIES series, an event and a document, all of value n: a half one would show.
 *   node ingest-child.ts FOLDER
 */
import { writeSync } from 'node:fs'
import { systemClock } from '../../../lib/clock.ts'
import { openSqliteStore } from '../open-store.ts'
import { childTick, SERIES } from './child-tick.ts'

const store = await openSqliteStore({ folder: process.argv[2] ?? '', clock: systemClock })
await store.register(
  Array.from({ length: SERIES }, (_, index) => ({
    system: 'lab',
    source: 'child',
    metric: `m${index}`,
    labels: {},
    unit: 'count',
  })),
)
for (let seq = (await store.lastSeq()) + 1; ; seq++) {
  const result = await store.commit(childTick(seq))
  if (!result.ok) throw new Error(result.failure.message)
  writeSync(1, `${seq}\n`)
}
