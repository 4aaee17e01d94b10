import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launch, violationsOf } from './browser-tools.ts'
import type { Page } from './browser-tools.ts'
import { startFixture } from './fixture-server.ts'
import type { Fixture } from './fixture-server.ts'
import type { Scenario } from './fixture-world.ts'

// Takes pictures of every state in every look, and runs axe on each: `node dev/screenshots.ts [--only NAME] [--out DIR]`.

type Shot = {
  name: string
  scenario: Scenario
  path: string
  after?: (page: Page, fixture: Fixture) => Promise<void>
  wait?: number
  whole?: boolean
}

const SHOTS: Shot[] = [
  { name: 'overview', scenario: 'states', path: '/' },
  { name: 'overview-fine-demo', scenario: 'fine', path: '/' },
  { name: 'overview-empty', scenario: 'empty', path: '/' },
  { name: 'overview-starting', scenario: 'starting', path: '/' },
  { name: 'system-starting', scenario: 'starting', path: '/systems/new' },
  { name: 'overview-loading', scenario: 'slow', path: '/', wait: 1200 },
  { name: 'overview-names', scenario: 'names', path: '/' },
  { name: 'system-name', scenario: 'names', path: '/systems/service-5' },
  { name: 'overview-many', scenario: 'many', path: '/' },
  {
    name: 'overview-disconnected',
    scenario: 'states',
    path: '/',
    after: async (page, fixture) => {
      fixture.hangUp()
      await page.waitForTimeout(6000)
    },
  },
  { name: 'overview-not-recording', scenario: 'not-recording', path: '/' },
  { name: 'overview-config-error', scenario: 'config-error', path: '/' },
  { name: 'system-ok', scenario: 'states', path: '/systems/captions' },
  { name: 'system-critical', scenario: 'states', path: '/systems/webui' },
  { name: 'system-critical-all', scenario: 'states', path: '/systems/webui', whole: true },
  { name: 'system-unknown', scenario: 'states', path: '/systems/ide' },
  { name: 'system-down', scenario: 'states', path: '/systems/grades' },
  { name: 'system-warning-hour', scenario: 'states', path: '/systems/marking?range=1h' },
  {
    name: 'system-table',
    scenario: 'states',
    path: '/systems/captions',
    after: async (page) => {
      await page.locator('[data-metric="sessions.active"]').scrollIntoViewIfNeeded()
      await page.getByRole('button', { name: 'Sessions as a table' }).click()
      await page.waitForTimeout(300)
    },
  },
  {
    name: 'system-hover',
    scenario: 'states',
    path: '/systems/webui',
    after: async (page) => {
      await page.locator('[data-metric="users.active"]').scrollIntoViewIfNeeded()
      await page.waitForTimeout(1500)
      const box = await page.locator('[data-metric="users.active"] [role="slider"]').boundingBox()
      if (box !== null) await page.mouse.move(box.x + box.width * 0.6, box.y + 60)
      await page.waitForTimeout(300)
    },
  },
  { name: 'system-part-fails', scenario: 'history-fails', path: '/systems/captions', wait: 9000 },
  { name: 'system-loading', scenario: 'slow', path: '/systems/captions', wait: 1200 },
  {
    name: 'setup',
    scenario: 'states',
    path: '/setup',
    after: async (page) => {
      await page.locator('summary').first().click()
      await page.waitForTimeout(600)
    },
  },
  {
    name: 'help',
    scenario: 'fine',
    path: '/',
    after: async (page) => {
      await page.keyboard.press('?')
      await page.waitForTimeout(500)
    },
  },
]
const LOOKS = [
  { name: 'light', width: 1440, height: 900, scheme: 'light' },
  { name: 'dark', width: 1440, height: 900, scheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, scheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, scheme: 'dark' },
  { name: 'narrow', width: 320, height: 700, scheme: 'light' },
] as const

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    look: { type: 'string' },
    out: { type: 'string', default: join(import.meta.dirname, 'screenshots') },
  },
})
mkdirSync(values.out, { recursive: true })
const browser = await launch()
let bad = 0
for (const shot of SHOTS.filter(
  (each) =>
    values.only === undefined ||
    values.only
      .split(',')
      .some((name) => each.name === name || (name.endsWith('*') && each.name.startsWith(name.slice(0, -1)))),
)) {
  for (const look of LOOKS.filter((each) => values.look === undefined || values.look.split(',').includes(each.name)))
    await take(shot, look)
}
await browser.close()
console.log(bad === 0 ? 'no violation, no error' : `${bad} to mend`)
process.exitCode = bad === 0 ? 0 : 1

async function take(shot: Shot, look: (typeof LOOKS)[number]): Promise<void> {
  const fixture = await startFixture({ scenario: shot.scenario, port: 0 })
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.scheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
  })
  const page = await context.newPage()
  const complain = (text: string): void => {
    bad += 1
    console.log(`${shot.name} ${look.name}: ${text}`)
  }
  page.on('console', (message) => {
    if (message.type() === 'error' && !/WebSocket|500|ERR_CONNECTION/.test(message.text())) complain(message.text())
  })
  page.on('pageerror', (error) => complain(error.message))
  await page.goto(fixture.url + shot.path)
  await page.waitForTimeout(shot.wait ?? 3500)
  await shot.after?.(page, fixture)
  const wide = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'))
  if (wide > 0) complain(`scrolls sideways by ${wide} px`)
  if (shot.whole === true) {
    const tall = await page.evaluate('document.documentElement.scrollHeight')
    await page.setViewportSize({ width: look.width, height: Math.min(6000, Number(tall)) })
    await page.waitForTimeout(2500)
  }
  await page.screenshot({ path: join(values.out, `${shot.name}-${look.name}.png`) })
  if (shot.whole !== true) {
    for (const violation of await violationsOf(page))
      complain(
        `axe ${violation.id}: ${violation.nodes
          .slice(0, 2)
          .map(
            (node) => `${node.html.slice(0, 160)} ${(node.failureSummary ?? '').replaceAll(/\s+/g, ' ').slice(0, 200)}`,
          )
          .join(' | ')}`,
      )
  }
  await context.close()
  await fixture.close()
}
