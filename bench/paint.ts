import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

/**
 * From an endpoint's answer to the pixel: an endpoint whose value changes with every answer, a collector asking it
 * every second in a process of its own, and the System screen in Chromium. Counted is the time from the moment the
 * answer was written to the animation frame after the one that put its value on the page.
 * Usage: node bench/paint.ts [values]
 */
const VALUES = Number(process.argv[2] ?? 60)
const TARGET_P95_MS = 250
const EVERY_MS = 1_000

/** Of one value: its slot, when the live frame with it came in, and when it was painted; epoch ms. */
type Painted = { slot: number; framedAt: number; at: number }
type Noted = { text: string; at: number }

declare global {
  interface Window {
    notedFrames: Noted[]
  }
}

if (process.argv[2] === 'collect') await collect(process.argv[3] ?? '')
else await measure()

/** The collector's process: says its address, and ends with its parent. */
async function collect(config: string): Promise<void> {
  const { startApp } = await import('@headroom/collector/app.ts')
  const data = join(config, '..', 'data')
  await using app = await startApp({
    config,
    demo: false,
    host: '127.0.0.1',
    port: 0,
    data,
    lookup: () => undefined,
    write: () => undefined,
  })
  process.send?.(app.url)
  await new Promise((resolve) => process.once('disconnect', resolve))
}

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-paint-'))
  const answeredAt: number[] = []
  const endpoint = createServer((_request, response) => {
    const memory = 20 + (answeredAt.length % 500) / 10
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ status: 'ok', memory_percent: memory }))
    answeredAt.push(performance.timeOrigin + performance.now())
  })
  const port = await new Promise<number>((resolve) => {
    endpoint.listen(0, '127.0.0.1', () => {
      const address = endpoint.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const config = join(folder, 'headroom.yaml')
  await writeFile(
    config,
    `systems: [{ id: app, sources: [{ type: http-json, url: "http://127.0.0.1:${port}/health", every: ${EVERY_MS}ms }] }]\n`,
  )
  const collector = fork(fileURLToPath(import.meta.url), ['collect', config])
  const url = await new Promise<string>((resolve) => collector.once('message', (address: string) => resolve(address)))
  const browser = await chromium.launch({
    executablePath: process.env['HEADROOM_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(noteFrames)
    await page.goto(`${url}/systems/app`)
    await page.locator('[data-metric="memory.used_percent"] [data-newest]').first().waitFor()
    const painted = await page.evaluate(watchPaint, { count: VALUES, everyMs: EVERY_MS })
    report(painted, answeredAt)
  } finally {
    await browser.close()
    collector.disconnect()
    endpoint.closeAllConnections()
    endpoint.close()
    await new Promise((resolve) => collector.once('exit', resolve))
    await rm(folder, { recursive: true, force: true })
  }
}

/** In the page, before anything of it runs: notes when each message came in on a socket. */
function noteFrames(): void {
  window.notedFrames = []
  const Native = window.WebSocket
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', ({ data }) => {
        window.notedFrames.push({ text: String(data), at: performance.timeOrigin + performance.now() })
      })
    }
  }
}

/** In the page: every slot whose value came to stand there, when its frame came in, and when it was painted. */
function watchPaint({ count, everyMs }: { count: number; everyMs: number }): Promise<Painted[]> {
  const newest = document.querySelector('[data-metric="memory.used_percent"] [data-newest]')
  const slotNow = (): string => newest?.getAttribute('data-at') ?? ''
  const now = (): number => performance.timeOrigin + performance.now()
  return new Promise((resolve) => {
    const seen: Painted[] = []
    let last = slotNow()
    const observer = new MutationObserver(() => {
      const slot = slotNow()
      if (slot === last) return
      last = slot
      requestAnimationFrame(() => {
        const frame = window.notedFrames.find(
          ({ text }) => text.startsWith('{"kind":"tick"') && text.includes(`,${slot},`),
        )
        seen.push({ slot: Number(slot), framedAt: frame?.at ?? Number.NaN, at: now() })
        window.notedFrames = []
        if (seen.length >= count) resolve(seen)
      })
    })
    if (newest !== null) observer.observe(newest, { attributes: true, attributeFilter: ['data-at'] })
    setTimeout(() => resolve(seen), count * everyMs + 10_000)
  })
}

function report(painted: readonly Painted[], answeredAt: readonly number[]): void {
  // A slot's answer is the first one written after the slot began.
  const taken = painted.flatMap(({ slot, framedAt, at }) => {
    const answered = answeredAt.find((answer) => answer >= slot)
    return answered === undefined || answered > at
      ? []
      : [{ all: at - answered, toFrame: framedAt - answered, toPaint: at - framedAt }]
  })
  const p95 = printTimes(
    'endpoint answered -> painted',
    taken.map(({ all }) => all),
  )
  printTimes(
    '  answered -> frame at the page',
    taken.map(({ toFrame }) => toFrame),
  )
  printTimes(
    '  frame at the page -> painted ',
    taken.map(({ toPaint }) => toPaint),
  )
  console.log(`p95 is ${(p95 / TARGET_P95_MS).toFixed(2)} of the ${TARGET_P95_MS} ms it may take`)
  process.exitCode = taken.length >= VALUES * 0.9 && p95 <= TARGET_P95_MS ? 0 : 1
}

/** Prints the spread of some times, and gives their p95. */
function printTimes(what: string, times: readonly number[]): number {
  const sorted = times.filter((time) => !Number.isNaN(time)).toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  console.log(
    `${what}, ${sorted.length} values: p50 ${at(0.5).toFixed(0)} ms, p95 ${at(0.95).toFixed(0)} ms, max ${at(1).toFixed(0)} ms`,
  )
  return at(0.95)
}
