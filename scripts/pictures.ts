/**
 * Takes the pictures of the README from a running demo: `node scripts/pictures.ts`. It needs the built screen, Chromium,
 * and about seven minutes, because it waits until the demo's workshop is in documented trouble.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openBrowser } from '../e2e/support/browser.ts'
import { at } from './launch/workspace.mjs'

interface Look {
  readonly name: string
  readonly path: string
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
  readonly scale: number
}

/** Only what these pictures ask of an alert. */
interface Alert {
  readonly system: string
  readonly title: string
  readonly state: string
  readonly severity: string
  readonly why: { readonly ours: boolean }
}

const system = '/systems/workshop?range=5m'
const looks: readonly Look[] = [
  { name: 'overview', path: '/', width: 1440, height: 900, scheme: 'light', scale: 1 },
  { name: 'system', path: system, width: 1440, height: 900, scheme: 'light', scale: 1 },
  { name: 'system-dark', path: system, width: 1440, height: 900, scheme: 'dark', scale: 1 },
  { name: 'phone', path: '/', width: 390, height: 844, scheme: 'light', scale: 2 },
]

/** So that the trends have a past to show. */
const history = 5 * 60_000
/** So many flags make a good picture; after this time one is enough. */
const wanted = { flags: 3, until: 10 * 60_000 }
/** What was only a peak clears in this time; what stays is worth a picture. */
const settle = 15_000
const patience = 20 * 60_000
const maxBytes = 200 * 1024

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: at('docs/pictures') },
    /** A collector that runs already, in the state to be shown; nothing is started then. */
    url: { type: 'string' },
  },
})
mkdirSync(values.out, { recursive: true })
await using demo =
  values.url === undefined ? await startDemo() : { url: values.url, [Symbol.asyncDispose]: async () => {} }
if (values.url === undefined) await trouble(demo.url)
await takeAll(demo.url)

async function startDemo(): Promise<AsyncDisposable & { url: string }> {
  const data = mkdtempSync(join(tmpdir(), 'headroom-pictures-'))
  const args = [
    '--max-semi-space-size=2',
    at('apps/collector/src/main.ts'),
    'start',
    '--demo',
    '--port',
    '0',
    '--data',
    data,
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) =>
      reject(new Error(`The collector ended with ${code ?? 'a signal'} before it listened.`)),
    )
  })
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
  try {
    return { url: await url, [Symbol.asyncDispose]: stop }
  } catch (error) {
    rmSync(data, { recursive: true, force: true })
    throw error
  }
}

/** Waits until a flag is up that a document calls critical, with some history behind it. */
async function trouble(url: string): Promise<void> {
  const started = Date.now()
  console.log(`The demo runs at ${url}; waiting for a documented critical flag, at least ${history / 60_000} minutes`)
  while (Date.now() - started < patience) {
    await wait(2_000)
    if (Date.now() - started < history) continue
    const alerts = (await (await fetch(`${url}/api/v1/alerts`)).json()) as readonly Alert[]
    const up = alerts.filter((alert) => alert.state === 'firing' && alert.severity === 'critical' && !alert.why.ours)
    if (up.length < (Date.now() - started < wanted.until ? wanted.flags : 1)) continue
    await wait(settle)
    console.log(`up after ${Math.round((Date.now() - started) / 1000)} s: ${up.map((alert) => alert.title).join(', ')}`)
    return
  }
  throw new Error(`No documented critical flag in ${patience / 60_000} minutes.`)
}

async function takeAll(url: string): Promise<void> {
  const browser = await openBrowser()
  try {
    for (const { name, path, width, height, scheme, scale } of looks) {
      const context = await browser.newContext({
        viewport: { width, height },
        deviceScaleFactor: scale,
        colorScheme: scheme,
        locale: 'en-GB',
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      await page.goto(url + path)
      await page.locator('[data-connection="live"]').waitFor()
      await page.locator('[data-system="workshop"][data-state="critical"]').waitFor()
      if (path !== '/') await page.locator('[data-metric] [data-drawn]').nth(3).waitFor()
      await wait(1_500)
      const file = join(values.out, `${name}.png`)
      await page.screenshot({ path: file })
      await context.close()
      const { size } = statSync(file)
      console.log(`${size <= maxBytes ? 'fine' : 'FAIL'}  ${file}: ${Math.round(size / 1024)} of ${maxBytes / 1024} KB`)
      if (size > maxBytes) process.exitCode = 1
    }
  } finally {
    await browser.close()
  }
}
