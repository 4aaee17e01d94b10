/**
 * Looks at the stories as the tests do, and writes what there is to see of them:
 *
 *     npx node e2e/stories.ts [--only overview/,system/fine] [--update]
 *
 * Full pictures and sheets of them go to e2e/test-results/stories. `--update` keeps the pictures as they are now; look at
 * the sheets first.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { STORIES } from '@headroom/web/dev/stories/stories.ts'
import type { Story } from '@headroom/web/dev/stories/story.ts'
import type { Browser } from 'playwright-core'
import { unexpected } from './known-faults.ts'
import { contactSheet } from './support/contact-sheet.ts'
import { KeptPictures } from './support/kept-pictures.ts'
import { LOOK_NAMES, reviewStory, type LookName } from './support/review-story.ts'
import { Stages } from './support/stages.ts'

const OUT = join(import.meta.dirname, 'test-results/stories')
/** As many pages at once as keep two cores busy. */
const AT_ONCE = 3

const { values } = parseArgs({ options: { only: { type: 'string' }, update: { type: 'boolean', default: false } } })
const wanted = values.only?.split(',') ?? ['']
const stories = STORIES.filter(({ id }) => wanted.some((part) => id.startsWith(part)))
const kept = new KeptPictures()
mkdirSync(OUT, { recursive: true })

await using stages = await Stages.open()
const queue = stories.values()
const one = async (): Promise<void> => {
  for (const story of queue) await review(story)
}
await Promise.all(Array.from({ length: AT_ONCE }, one))
if (values.update) kept.write(new Set(STORIES.map(({ id }) => id)))
await sheets(stages.browser)

async function review(story: Story): Promise<void> {
  const complain = (words: readonly string[]): void => {
    if (words.length > 0) process.exitCode = 1
    console.log(words.length === 0 ? `fine  ${story.id}` : [`FAIL  ${story.id}`, ...words].join('\n      '))
  }
  try {
    const { faults, prints } = await reviewStory(stages, story, (look, png) =>
      writeFileSync(fileOf(story.id, look), png),
    )
    if (values.update) kept.put(story.id, prints)
    complain([
      ...unexpected(story.id, faults),
      ...(values.update || story.differs !== undefined ? [] : kept.changes(story.id, prints)),
    ])
  } catch (error) {
    complain([error instanceof Error ? error.message : String(error)])
  }
}

/** A sheet for every screen and look. */
async function sheets(opened: Browser): Promise<void> {
  for (const [screen, told] of Map.groupBy(stories, ({ id }) => id.split('/')[0] ?? '')) {
    for (const look of LOOK_NAMES) {
      const pictures = told
        .map(({ id }) => ({ file: fileOf(id, look), caption: id }))
        .filter(({ file }) => existsSync(file))
      const columns = look.startsWith('phone') ? 6 : 3
      await contactSheet(opened, pictures, { columns, file: join(OUT, `sheet-${screen}-${look}.png`) })
    }
  }
}

function fileOf(story: string, look: LookName): string {
  return join(OUT, `${story.replace('/', '-')}-${look}.png`)
}
