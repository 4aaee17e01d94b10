import { STORIES } from '@headroom/web/dev/stories/stories.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setInBlocks, setInOwnFonts } from './support/block-font.ts'
import { layoutFaults } from './support/layout-faults.ts'
import { Stages } from './support/stages.ts'
import { StoryPage } from './support/story-page.ts'

// Windows that a desk and a phone do not have: a room's projector, and a desk at four times its size.

let stages: Stages
beforeAll(async () => {
  stages = await Stages.open()
})
afterAll(() => stages[Symbol.asyncDispose]())

type Size = { width: number; height: number }

/** A story in a window of this size. */
async function opened(id: string, size: Size): Promise<AsyncDisposable & { page: Page; story: StoryPage }> {
  const story = STORIES.find((each) => each.id === id)
  if (story === undefined) throw new Error(`There is no story ${id}.`)
  const told = await stages.tell(story)
  const shown = await StoryPage.open(told, { ...size, scheme: 'light' })
  return {
    page: shown.page,
    story: shown,
    async [Symbol.asyncDispose]() {
      shown[Symbol.dispose]()
      await told[Symbol.asyncDispose]()
    },
  }
}

async function setFullScreen(page: Page, full: boolean, size: Size): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const { windowId } = await devtools.send('Browser.getWindowForTarget')
  await devtools.send('Browser.setWindowBounds', { windowId, bounds: { windowState: full ? 'fullscreen' : 'normal' } })
  await page.waitForFunction((wanted) => matchMedia('(display-mode: fullscreen)').matches === wanted, full)
  await page.setViewportSize(size)
  await devtools.detach()
}

const heightOf = (page: Page, place: string): Promise<number> =>
  page
    .locator(place)
    .first()
    .boundingBox()
    .then((box) => box?.height ?? 0)

describe('full screen, for a room to read', () => {
  it.each([
    ['overview/warning', { width: 1920, height: 1080 }, 2],
    ['overview/critical', { width: 1920, height: 1080 }, 2],
    ['overview/critical', { width: 1280, height: 720 }, 1.35],
    ['overview/fine', { width: 1920, height: 1080 }, 1.5],
    ['overview/all-states', { width: 1920, height: 1080 }, 1.25],
    ['overview/all-states', { width: 2560, height: 1080 }, 1.25],
  ])('%s in %o is drawn %f times as large, and all of it is seen', async (id, size, times) => {
    await using shown = await opened(id, size)
    const { page, story } = shown
    const name = '[data-system] h2'
    await setInBlocks(page)
    const before = await heightOf(page, name)
    await setFullScreen(page, true, size)
    try {
      await story.atRest()
      expect((await heightOf(page, name)) / before).toBeCloseTo(times, 1)
      expect(await layoutFaults(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0)
    } finally {
      await setInOwnFonts(page)
      await setFullScreen(page, false, size)
    }
  })

  it('of many systems, more are seen rather than larger ones', async () => {
    const size = { width: 1920, height: 1080 }
    await using shown = await opened('overview/many', size)
    const { page, story } = shown
    const card = '[data-system]'
    const before = await heightOf(page, card)
    await setFullScreen(page, true, size)
    try {
      await story.atRest()
      expect(await heightOf(page, card)).toBe(before)
    } finally {
      await setFullScreen(page, false, size)
    }
  })
})

/** A4 within its margins, px. */
const PAPER = { width: 688, height: 1017 }

describe('on paper', () => {
  it.each([
    ['overview/all-states', 2],
    ['system/critical', 4],
    ['system/week', 3],
    ['setup/fine', 3],
  ])('%s is laid out as wide as the paper, whole, on %i sheets', async (id, sheets) => {
    await using shown = await opened(id, { width: 1440, height: 900 })
    const { page, story } = shown
    await setInBlocks(page)
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-print-opened', '')
    })
    await page.keyboard.press('Control+p')
    for (let waited = 0; (await page.locator('body[data-print-opened]').count()) === 0; waited += 1) {
      expect(waited, 'the print dialog is opened').toBeLessThan(20)
      await story.atRest()
      await page.evaluate((ms) => window.heldTime.moveTo(window.heldTime.now + ms), 500)
    }
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    try {
      const pdf = (await page.pdf({ preferCSSPageSize: true, format: 'A4' })).toString('latin1')
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(sheets)
      await page.setViewportSize(PAPER)
      await page.emulateMedia({ media: 'print' })
      await story.atRest()
      expect(await layoutFaults(page)).toEqual([])
      expect(await outside(page, '[aria-label="Flags and notes over time"]', 'li, text')).toEqual([])
      expect(await outside(page, '[data-metric]', '.recharts-surface')).toEqual([])
    } finally {
      await page.emulateMedia({ media: null })
      await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
      await setInOwnFonts(page)
    }
    expect(await page.locator('html[data-paper]').count(), 'the screen is as it was').toBe(0)
  })
})

/** What reaches out of the boxes that it belongs in, by how many px. */
function outside(page: Page, boxes: string, parts: string): Promise<number[]> {
  return page.evaluate(
    ([box, part]) =>
      [...document.querySelectorAll(box)].flatMap((each) => {
        const { right } = each.getBoundingClientRect()
        return [...each.querySelectorAll(part)]
          .map((inner) => Math.round(inner.getBoundingClientRect().right - right))
          .filter((over) => over > 0)
      }),
    [boxes, parts] as const,
  )
}

/** A desk of 1440 by 900 at 400 %. */
const FOURFOLD = { width: 360, height: 225 }
/** What a reader may set text to without losing any of it (WCAG 1.4.12). */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`

it.each([
  'overview/all-states',
  'system/critical',
  'system/hover',
  'system/copy-menu',
  'setup/fine',
  'setup/add-found',
  'watch/found',
  'shell/everything-wrong',
  'shell/palette',
  'shell/settings',
])('%s loses nothing at 400 % and in spaced text', async (id) => {
  await using shown = await opened(id, FOURFOLD)
  const { page, story } = shown
  expect(await layoutFaults(page), 'nothing is lost at 400 %').toEqual([])
  expect(await stuckHeight(page), 'what sticks there covers little').toBeLessThanOrEqual(FOURFOLD.height / 8)
  const style = await page.addStyleTag({ content: SPACED })
  for (const size of [
    { width: 320, height: 700 },
    { width: 1440, height: 900 },
  ]) {
    await story.look({ ...size, scheme: 'light' })
    expect(await layoutFaults(page), `nothing is lost of spaced text in ${size.width} px`).toEqual([])
  }
  await style.evaluate((element) => element.parentNode?.removeChild(element))
})

/** The height of all that stays at the top of the window while the page is scrolled, px. */
function stuckHeight(page: Page): Promise<number> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
      .map((element) => element.getBoundingClientRect())
      .filter(({ width, top }) => width > window.innerWidth / 2 && top <= 0)
      .reduce((sum, { height }) => sum + height, 0),
  )
}
