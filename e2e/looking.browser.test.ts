import { STORIES } from '@headroom/web/dev/stories/stories.ts'
import type { Story } from '@headroom/web/dev/stories/story.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setInBlocks } from './support/block-font.ts'
import { type Difference, differences, type Fingerprint, fingerprintOf } from './support/fingerprint.ts'
import { readFingerprint, writeFingerprint } from './support/fingerprint.ts'
import { layoutFaults } from './support/layout-faults.ts'
import { readPng } from './support/png.ts'
import { KEPT, LOOKS } from './support/review-story.ts'
import { Stages, type Told } from './support/stages.ts'
import { StoryPage } from './support/story-page.ts'

// What the stories are looked at with must see what a person would, and nothing else.

let stages: Stages
beforeAll(async () => {
  stages = await Stages.open()
})
afterAll(() => stages[Symbol.asyncDispose]())

function story(id: string): Story {
  const found = STORIES.find((each) => each.id === id)
  if (found === undefined) throw new Error(`There is no story ${id}.`)
  return found
}

/** A story on a desk, pictured as often as is wanted, each time with something else done to its look. */
class Sitter implements AsyncDisposable {
  readonly #told: Told
  readonly #opened: StoryPage
  private constructor(told: Told, opened: StoryPage) {
    this.#told = told
    this.#opened = opened
  }

  static async of(id: string): Promise<Sitter> {
    const told = await stages.tell(story(id))
    return new Sitter(told, await StoryPage.open(told, LOOKS.desk))
  }

  async pictured(style = ''): Promise<Fingerprint> {
    const { page } = this.#opened
    await setInBlocks(page)
    const done = await page.addStyleTag({ content: `${style} /* done to it */` })
    await this.#opened.atRest()
    const print = fingerprintOf(readPng(await page.screenshot()), KEPT.desk)
    await done.evaluate((element) => element.parentNode?.removeChild(element))
    return print
  }

  async boxOf(place: string): Promise<Box> {
    const box = await this.#opened.page.locator(place).boundingBox()
    if (box === null) throw new Error(`${place} is not to be seen.`)
    return box
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#opened[Symbol.dispose]()
    await this.#told[Symbol.asyncDispose]()
  }
}

type Box = { x: number; y: number; width: number; height: number }

function touches(one: Difference, box: Box): boolean {
  return (
    one.x < box.x + box.width && box.x < one.x + one.width && one.y < box.y + box.height && box.y < one.y + one.height
  )
}

describe('a kept picture', () => {
  const OVERVIEW = 'overview/all-states'

  it('is found again in another run, also when it was written down in between', async () => {
    await using one = await Sitter.of(OVERVIEW)
    await using another = await Sitter.of(OVERVIEW)
    const kept = readFingerprint(writeFingerprint(await one.pictured()))
    expect(differences(kept, await another.pictured())).toEqual([])
  })

  it.each(['Liberation Sans', 'DejaVu Serif', 'monospace'])(
    'is the same on a machine whose font is %s',
    async (font) => {
      await using here = await Sitter.of(OVERVIEW)
      await using there = await Sitter.of(OVERVIEW)
      const kept = await here.pictured()
      const elsewhere = await there.pictured(`:root { --mantine-font-family: ${font}; font-family: ${font} }`)
      expect(differences(kept, elsewhere)).toEqual([])
    },
  )

  it('is missed where a chart is not drawn, and only there', async () => {
    const chart = '[data-metric="memory.used_percent"]'
    await using sitter = await Sitter.of('system/fine')
    const kept = await sitter.pictured()
    const found = differences(kept, await sitter.pictured(`${chart} .recharts-surface { visibility: hidden }`))
    expect(found.length).toBeGreaterThan(0)
    const box = await sitter.boxOf(chart)
    expect(found.filter((each) => !touches(each, box))).toEqual([])
  })

  it('is missed where a card has moved by a line', async () => {
    const card = '[data-system="webui"]'
    await using sitter = await Sitter.of(OVERVIEW)
    const kept = await sitter.pictured()
    const found = differences(kept, await sitter.pictured(`${card} { translate: 0 20px }`))
    const box = await sitter.boxOf(card)
    expect(found.some((each) => touches(each, box))).toBe(true)
  })

  it.each([
    ['the trends of the cards are gone', '[data-system] svg { visibility: hidden }'],
    ['a card has another colour', '[data-system="webui"] { background: #ffe8e0 !important }'],
    ['the cards stand in one column', '[data-system] { grid-column: 1 / -1 }'],
    ['the head is gone', 'header { display: none !important }'],
  ])('is missed where %s', async (_, style) => {
    await using sitter = await Sitter.of(OVERVIEW)
    const kept = await sitter.pictured()
    expect(differences(kept, await sitter.pictured(style))).not.toEqual([])
  })
})

describe('the look at a layout', () => {
  async function faultsOf(body: string, width = 400): Promise<string[]> {
    const page: Page = await stages.browser.newPage({ viewport: { width, height: 400 } })
    try {
      await page.setContent(`<style>* { font: 14px/18px monospace; margin: 0 }</style>${body}`)
      return await layoutFaults(page)
    } finally {
      await page.close()
    }
  }
  const words = 'Some words that take a good deal of room'

  it.each([
    ['text that fits', `<p>${words}</p>`],
    [
      'text that is shortened by an ellipsis',
      `<p style="width: 80px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">${words}</p>`,
    ],
    [
      'text that is cut off and stands in a title',
      `<p title="${words}" style="width: 80px; overflow: hidden; white-space: nowrap">${words}</p>`,
    ],
    ['text in a box that scrolls', `<div style="width: 80px; overflow: auto; white-space: nowrap">${words}</div>`],
    [
      'text in a closed disclosure',
      `<details><summary>More</summary><p style="margin-top: -30px">${words}</p></details><p>Below</p>`,
    ],
    ['text under a dialog', `<p>${words}</p><dialog open style="top: 0">${words}</dialog>`],
    [
      'a box at the pointer',
      `<p>${words}</p><div style="position: absolute; z-index: 2; top: 0; background: white">At the pointer</div>`,
    ],
    [
      'text for screen readers only',
      `<p><span class="visually-hidden" style="position: absolute; width: 1px; height: 1px; overflow: hidden">${words}</span></p>`,
    ],
  ])('has nothing to say of %s', async (_, body) => {
    expect(await faultsOf(body)).toEqual([])
  })

  it.each([
    ['text that is cut off', `<p style="width: 80px; overflow: hidden; white-space: nowrap">${words}</p>`, /cut off/],
    ['lines that are cut off', `<p style="width: 80px; height: 30px; overflow: hidden">${words}</p>`, /cut off/],
    ['a page that scrolls sideways', `<p style="width: 600px">${words}</p>`, /scrolls sideways by 200 px/],
    [
      'text outside the window',
      `<p style="position: fixed; left: 300px; white-space: nowrap">${words}</p>`,
      /out of the window/,
    ],
    ['text upon text', `<p>${words}</p><p style="margin-top: -12px">${words}</p>`, /lies upon/],
    [
      'labels upon each other in a chart',
      `<svg width="300" height="60"><text x="5" y="20">forty</text><text x="20" y="24">fifty</text></svg>`,
      /"forty" lies upon "fifty"/,
    ],
  ])('finds %s', async (_, body, fault) => {
    expect((await faultsOf(body)).join('\n')).toMatch(fault)
  })
})
