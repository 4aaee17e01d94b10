import { StillClock, STORY_START } from '@headroom/web/dev/fixture-clock.ts'
import { address, type OpenedStory, startFixture } from '@headroom/web/dev/fixture-server.ts'
import { holdTime } from '@headroom/web/dev/held-time.ts'
import type { Story } from '@headroom/web/dev/stories/story.ts'
import { allStates } from '@headroom/web/dev/stories/worlds.ts'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { DESK } from './browser.ts'

type Memory = { heapBytes: number; nodes: number; listeners: number }
export type Day = { start: Memory; afterFirst: Memory; end: Memory; seconds: number }

const MINUTE = 60_000
/** So long until all that a screen keeps of the past is full. */
const FIRST_MINUTES = 20
/** This often a flag rises and clears. */
const ALERT_EVERY_MINUTES = 3

/** Leaves a screen open for hours, which pass as fast as they can: every frame of them is sent, folded and drawn. */
export async function memoryOverHours(browser: Browser, path: string, hours: number): Promise<Day> {
  await using fixture = await startFixture({ port: 0 })
  const clock = new StillClock(STORY_START)
  const story: Story = { id: 'overview/long-day', title: 'a long day', path, world: allStates, shows: 'main' }
  const opened = fixture.open(story, clock)
  const context = await browser.newContext({ viewport: DESK })
  try {
    const page = await context.newPage()
    await holdTime(page, STORY_START)
    await page.goto(address(opened))
    await page.locator('[data-connection="live"]').waitFor()
    const session = await context.newCDPSession(page)
    const pass = (minutes: number, from: number): Promise<void> => letPass(page, opened, clock, minutes, from)
    const began = performance.now()
    await pass(1, 0)
    const start = await memoryOf(session)
    await pass(FIRST_MINUTES - 1, 1)
    const afterFirst = await memoryOf(session)
    await pass(hours * 60 - FIRST_MINUTES, FIRST_MINUTES)
    const seconds = (performance.now() - began) / 1000
    return { start, afterFirst, end: await memoryOf(session), seconds }
  } finally {
    await context.close()
  }
}

async function letPass(
  page: Page,
  opened: OpenedStory,
  clock: StillClock,
  minutes: number,
  from: number,
): Promise<void> {
  for (let minute = from; minute < from + minutes; minute += 1) {
    clock.advance(MINUTE)
    opened.goOn()
    if (minute % ALERT_EVERY_MINUTES === 0) raiseAndClear(opened, clock.now())
    await page.evaluate((now) => window.heldTime.moveTo(now), clock.now())
    await page.evaluate(() => window.heldTime.untilAtRest(2))
  }
}

/** One more occurrence of a flag, as a day has many. */
function raiseAndClear(opened: OpenedStory, now: number): void {
  const [template] = opened.world.alerts({ state: 'open', system: 'marking' })
  if (template === undefined) return
  const alert = {
    ...template,
    id: `marking/one-more/${now}`,
    flag: 'one-more',
    since: now - 20_000,
    firedAt: now - 10_000,
  }
  opened.live.publish({ kind: 'alert', alert })
  opened.live.publish({ kind: 'alert', alert: { ...alert, state: 'resolved', resolvedAt: now } })
}

/** What is held after everything that can be given back was. */
async function memoryOf(session: CDPSession): Promise<Memory> {
  await session.send('HeapProfiler.enable')
  for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.disable')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  return { heapBytes: usedSize, nodes, listeners: jsEventListeners }
}
