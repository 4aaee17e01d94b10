/**
 * What the page costs its reader: bytes before the Overview is useful, the time until it can be read, a fleet of 200
 * systems on it, and its memory over a long day. A real collector and Chromium; for the day, the fixture's frames.
 *
 *   node bench/page.ts [bytes] [sight] [many] [day] [--opens 7] [--seconds 30] [--hours 8]
 */
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { openBrowser } from './page/browser.ts'
import { loadedBytes } from './page/bytes.ts'
import { startCollector } from './page/collector.ts'
import { median, tell } from './page/figure.ts'
import { type Day, memoryOverHours } from './page/long-day.ts'
import { costOfMany } from './page/many-systems.ts'
import { type Conditions, timeToReadable } from './page/readable.ts'

const MOST = { scriptsKb: 220, laterKb: 115, stylesKb: 40, plainMs: 1_000, slowMs: 2_500, corePercent: 10, heapMb: 5 }
/** A task longer than this is felt. */
const MOST_TASK_MS = 50
/** A layout that jumps more than this is called poor. */
const MOST_SHIFT = 0.1
const FEW = 3
const FLEET = 200
const SLOW: Conditions = { cpuSlowdown: 4, megabitsPerSecond: 1.6 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    opens: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '30' },
    hours: { type: 'string', default: '8' },
  },
})
const wants = (part: string): boolean => positionals.length === 0 || positionals.includes(part)

const browser = await openBrowser()
try {
  if (wants('bytes') || wants('sight')) await measureOpening(browser)
  if (wants('many')) await measureFleet(browser)
  if (wants('day')) for (const path of ['/', '/systems/webui']) await measureDay(browser, path)
} finally {
  await browser.close()
}

async function measureOpening(on: Browser): Promise<void> {
  await using collector = await startCollector(FEW)
  // The first opening warms the server: it compresses its files once.
  const bytes = await loadedBytes(on, collector.url, FEW)
  if (wants('bytes')) {
    tell('scripts before the Overview is useful', bytes.scripts / 1024, MOST.scriptsKb, 'KB gzipped', 1)
    tell('scripts that come later, charts most of all', bytes.laterScripts / 1024, MOST.laterKb, 'KB gzipped', 1)
    tell('styles', bytes.styles / 1024, MOST.stylesKb, 'KB gzipped', 1)
    tell('asked of other hosts', bytes.elsewhere.length, 0, `requests ${bytes.elsewhere.join(', ')}`)
  }
  if (!wants('sight')) return
  const opened = async (conditions: Conditions): Promise<number[]> => {
    const times: number[] = []
    for (let turn = 0; turn < Number(values.opens); turn += 1)
      times.push(await timeToReadable(on, collector.url, FEW, conditions))
    return times
  }
  const plain = await opened({ cpuSlowdown: 1 })
  tell(
    `Overview readable, median of ${plain.length} (most ${Math.max(...plain).toFixed(0)})`,
    median(plain),
    MOST.plainMs,
    'ms',
  )
  const slow = await opened(SLOW)
  tell(
    `the same at 4x CPU slow-down and 1.6 Mbit/s (most ${Math.max(...slow).toFixed(0)})`,
    median(slow),
    MOST.slowMs,
    'ms',
  )
}

async function measureFleet(on: Browser): Promise<void> {
  await using collector = await startCollector(FLEET)
  const cost = await costOfMany(on, collector.url, FLEET, Number(values.seconds))
  tell(`${FLEET} systems asked every 5 s, the renderer's share of a core`, cost.corePercent, MOST.corePercent, '%', 1)
  tell('its longest task (under 50 ms counts as none)', cost.longestTaskMs, MOST_TASK_MS, 'ms')
  tell('its layout shift while it is looked at', cost.layoutShift, MOST_SHIFT, '', 3)
  tell('its layout shift while it loads', cost.firstLayoutShift, MOST_SHIFT, '', 3)
}

async function measureDay(on: Browser, path: string): Promise<void> {
  const hours = Number(values.hours)
  const day = await memoryOverHours(on, path, hours)
  const faster = (hours * 3_600) / day.seconds
  console.log(`      ${path} open for ${hours} h, ${faster.toFixed(0)} times as fast as they are:`)
  console.log(`      ${['start', 'afterFirst', 'end'].map((when) => words(day, when as keyof Day)).join(', ')}`)
  tell('heap more than at the start', (day.end.heapBytes - day.start.heapBytes) / 2 ** 20, MOST.heapMb, 'MB', 1)
}

function words(day: Day, when: keyof Day): string {
  const memory = day[when]
  if (typeof memory === 'number') return ''
  return `${(memory.heapBytes / 2 ** 20).toFixed(1)} MB, ${memory.nodes} nodes, ${memory.listeners} listeners`
}
