import { STORY_START } from '@headroom/web/dev/fixture-clock.ts'
import { STORIES } from '@headroom/web/dev/stories/stories.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOOKS } from './support/review-story.ts'
import { Stages } from './support/stages.ts'
import { StoryPage } from './support/story-page.ts'

const DAY_MS = 86_400_000

let stages: Stages
beforeAll(async () => {
  stages = await Stages.open()
})
afterAll(() => stages[Symbol.asyncDispose]())

// The laptop was closed on Wednesday, and is opened on Friday: 09:42 alone would be taken for this morning's.
describe('a page left open for days without its collector', () => {
  it.each([
    ['shell/disconnected', ['[data-connection="lost"]', 'h1', '[data-system="captions"] footer']],
    ['shell/disconnected-system', ['[data-connection="lost"]', '[data-metric="queue.length"]']],
  ])('%s: names the day wherever it says of when all of it is', async (id, places) => {
    const story = STORIES.find((each) => each.id === id)
    if (story === undefined) throw new Error(`There is no story ${id}.`)
    await using told = await stages.tell(story)
    using opened = await StoryPage.open(told, LOOKS.desk)
    const { page } = opened
    await page.evaluate((time) => window.heldTime.moveTo(time), STORY_START + 2 * DAY_MS)
    await opened.atRest()
    for (const place of places)
      expect(await page.locator(place).first().innerText(), place).toMatch(/as of Wed,? 18 Nov,? 09:42/i)
    const said = await page.locator('body').innerText()
    expect(said.match(/as of \d\d:\d\d/gi) ?? []).toEqual([])
  })
})
