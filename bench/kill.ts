/*
 * Kills a collector's store with -9 in the middle of taking samples, again and again on the same folder, and looks
 * after each kill whether every tick that was acknowledged is there, whole, and nothing half.
 *   node bench/kill.ts [times]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { openSqliteStore } from '@headroom/collector/store/sqlite/open-store.ts'
import { missing } from '@headroom/collector/store/sqlite/testing/child-tick.ts'
import { killAfterLines } from '@headroom/collector/store/sqlite/testing/killed-child.ts'

const TIMES = Number(process.argv[2] ?? 20)
const MOST_TICKS = 600
const CHILD = fileURLToPath(import.meta.resolve('@headroom/collector/store/sqlite/testing/ingest-child.ts'))

const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-kill-'))
let whole = 0
let ticks = 0
try {
  for (let time = 1; time <= TIMES; time++) {
    const acknowledged = Number(
      await killAfterLines(CHILD, [folder], 1 + Math.floor(systemClock.random() * MOST_TICKS)),
    )
    await using store = await openSqliteStore({ folder, clock: systemClock })
    const wrong =
      store.report.kind === 'opened' ? await missing(store, acknowledged) : `the store was ${store.report.kind}`
    ticks = await store.lastSeq()
    if (wrong === null) whole++
    console.log(`kill ${time}: ${acknowledged} acknowledged, ${ticks} there${wrong === null ? '' : `: ${wrong}`}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`whole after kill -9: ${whole} / ${TIMES} (${ticks} ticks); wanted ${TIMES} / ${TIMES}`)
process.exitCode = whole === TIMES ? 0 : 1
