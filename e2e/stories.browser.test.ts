import { STORIES } from '@headroom/web/dev/stories/stories.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unexpected } from './known-faults.ts'
import { KeptPictures } from './support/kept-pictures.ts'
import { reviewStory } from './support/review-story.ts'
import { Stages } from './support/stages.ts'

const kept = new KeptPictures()
let stages: Stages
beforeAll(async () => {
  stages = await Stages.open()
})
afterAll(() => stages[Symbol.asyncDispose]())

// What is different on purpose is kept with `npx node e2e/stories.ts --update`, once its pictures have been looked at.
// Several are looked at side by side; on a busy machine each takes its time.
describe('every state of every screen', { timeout: 180_000 }, () => {
  it.concurrent.each(STORIES)('$id: $title', async (story) => {
    const { faults, prints } = await reviewStory(stages, story)
    expect([
      ...unexpected(story.id, faults),
      ...(story.differs === undefined ? kept.changes(story.id, prints) : []),
    ]).toEqual([])
  })
})
