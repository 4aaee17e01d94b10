import { STORIES } from '@headroom/web/dev/stories/stories.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPng } from './support/png.ts'
import { LOOKS } from './support/review-story.ts'
import { Stages } from './support/stages.ts'
import { StoryPage } from './support/story-page.ts'

// Where the reader's system sets the colours, the browser takes all backgrounds and leaves what is drawn as it was.

let stages: Stages
beforeAll(async () => {
  stages = await Stages.open()
})
afterAll(() => stages[Symbol.asyncDispose]())

/** The least contrast of what is drawn and has a meaning (WCAG 1.4.11). */
const LEAST = 3

/** The contrast of each such drawing with the background that the reader chose. This runs in the page. */
function contrasts([place, property]: readonly [string, string]): number[] {
  const rgb = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
  const light = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = rgb(colour)
      .map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const probe = document.createElement('i')
  probe.style.backgroundColor = 'Canvas'
  document.body.append(probe)
  const behind = light(getComputedStyle(probe).backgroundColor)
  probe.remove()
  return [...document.querySelectorAll(place)]
    .map((element) => getComputedStyle(element).getPropertyValue(property))
    .filter((colour) => colour !== 'none')
    .map((colour) => light(colour))
    .map((drawn) => (Math.max(drawn, behind) + 0.05) / (Math.min(drawn, behind) + 0.05))
}

/** What has to be seen, as a selector and the property that draws it. */
const DRAWN = {
  'overview/all-states': [
    ['[data-system] svg[class*="_spark"] path', 'stroke'],
    ['[class*="_meter"] > [class*="_fill"]', 'background-color'],
    ['svg[class*="_mark"]', 'color'],
  ],
  'system/critical': [
    ['[data-drawn] path.recharts-curve', 'stroke'],
    ['[class*="_meter"] > [class*="_fill"]', 'background-color'],
    ['svg[class*="_mark"]', 'color'],
  ],
} as const

// The reader may have chosen light in Headroom, and a dark system's colours; or the other way round.
const PAIRS = [
  { chosen: 'light', system: 'light' },
  { chosen: 'light', system: 'dark' },
  { chosen: 'dark', system: 'light' },
] as const

describe.each(PAIRS)("in the reader's own colours, $system, where $chosen was chosen here", ({ chosen, system }) => {
  it.each(Object.entries(DRAWN))('%s: lines, bars and marks are seen', async (id, drawn) => {
    const story = STORIES.find((each) => each.id === id)
    if (story === undefined) throw new Error(`There is no story ${id}.`)
    await using told = await stages.tell(story)
    using opened = await StoryPage.open(told, LOOKS.desk)
    const { page } = opened
    try {
      await page.evaluate((scheme) => (document.documentElement.dataset['mantineColorScheme'] = scheme), chosen)
      await page.emulateMedia({ colorScheme: system, forcedColors: 'active' })
      await opened.atRest()
      for (const what of drawn) {
        const seen = await page.evaluate(contrasts, what)
        expect(seen, what[0]).not.toEqual([])
        expect(Math.min(...seen), what[0]).toBeGreaterThanOrEqual(LEAST)
      }
      await page.keyboard.press('Tab')
      expect(await page.evaluate(contrasts, [':focus-visible', 'outline-color'] as const)).toEqual([
        expect.toSatisfy((contrast: number) => contrast >= LEAST),
      ])
      expect(
        await page.locator(':focus-visible').evaluate((element) => getComputedStyle(element).outlineStyle),
      ).not.toBe('none')
    } finally {
      await page.emulateMedia({ forcedColors: null })
    }
  })
})

/** What only a background, a shadow or a hatch told: where it is, and how that is taken from it. */
const MARKED = [
  ['overview/all-states', 'the current screen', 'nav [aria-current="page"]', 'aria-current'],
  ['overview/all-states', 'a value that is stale', '[data-row][data-stale="true"]', 'class=stale'],
  ['overview/filtered', 'a filter that is chosen', 'button[aria-pressed="true"]', 'aria-pressed'],
  ['system/unknown', 'the room of a value that is stale', '[data-resource][data-stale="true"]', 'class=staleBar'],
  ['system/table', 'a chart that is shown as a table', 'button[aria-pressed="true"]', 'aria-pressed'],
] as const

it.each(MARKED)("in the reader's own colours, on %s, %s is marked", async (id, _, place, mark) => {
  await using opened = await inOwnColours(id)
  const { page } = opened
  const marked = await page.locator(place).first().elementHandle()
  const box = await marked?.boundingBox()
  if (!marked || !box) throw new Error(`${place} is not to be seen.`)
  const before = await around(page, box)
  await marked.evaluate((element, by) => {
    // The names of classes end in letters of their file, and a word may begin another.
    const worn = [...element.classList].find((each) => each.startsWith(`_${by.replace('class=', '')}_`))
    if (worn === undefined) element.removeAttribute(by)
    else element.classList.remove(worn)
  }, mark)
  expect(await marked.boundingBox(), 'nothing moves').toEqual(box)
  expect(await around(page, box)).not.toEqual(before)
})

it.each([
  ['system/first-load', 'what is on its way', 'main [aria-hidden="true"]'],
  ['watch/trying', 'that it goes on', '[class*="_bar_"]'],
])("in the reader's own colours, on %s, %s is seen", async (id, _, place) => {
  await using opened = await inOwnColours(id)
  const { page } = opened
  const box = await page.locator(place).first().boundingBox()
  if (box === null) throw new Error(`${place} is not to be seen.`)
  expect(new Set(await around(page, box)).size).toBeGreaterThan(1)
})

it("in the reader's own colours, the point at a line's end has the colour of its line", async () => {
  await using opened = await inOwnColours('system/critical')
  const chart = opened.page.locator('[data-metric="cpu.used_percent"] [data-drawn]')
  const dots = await chart
    .locator('[class*="_dot_"]')
    .evaluateAll((all) => all.map((dot) => getComputedStyle(dot).backgroundColor))
  const lines = await chart
    .locator('path.recharts-curve')
    .evaluateAll((all) => all.map((line) => getComputedStyle(line).stroke))
  expect(new Set(dots).size).toBeGreaterThan(1)
  expect(dots.filter((colour) => !lines.includes(colour))).toEqual([])
})

/** A place and the few px around it in which outlines are drawn. */
async function around(page: Page, box: { x: number; y: number; width: number; height: number }): Promise<Uint8Array> {
  const clip = { x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8 }
  return readPng(await page.screenshot({ clip, animations: 'disabled' })).pixels
}

/** A story as a reader sees it whose system sets the colours. */
async function inOwnColours(id: string): Promise<AsyncDisposable & { page: Page }> {
  const story = STORIES.find((each) => each.id === id)
  if (story === undefined) throw new Error(`There is no story ${id}.`)
  const told = await stages.tell(story)
  const opened = await StoryPage.open(told, LOOKS.desk)
  const { page } = opened
  await page.emulateMedia({ forcedColors: 'active' })
  await opened.atRest()
  return {
    page,
    async [Symbol.asyncDispose]() {
      await page.emulateMedia({ forcedColors: null })
      opened[Symbol.dispose]()
      await told[Symbol.asyncDispose]()
    },
  }
}

it("in the reader's own colours, states are told apart by their shapes", async () => {
  const story = STORIES.find(({ id }) => id === 'overview/all-states')
  if (story === undefined) throw new Error('There is no such story.')
  await using told = await stages.tell(story)
  using opened = await StoryPage.open(told, LOOKS.desk)
  const shapes = await opened.page
    .locator('[data-system] svg[class*="_mark"]')
    .evaluateAll((marks) => marks.map((mark) => [mark.getAttribute('class') ?? '', mark.innerHTML] as const))
  const shapeOf = new Map(shapes)
  expect(shapeOf.size).toBeGreaterThanOrEqual(4)
  expect(new Set(shapeOf.values()).size).toBe(shapeOf.size)
})
