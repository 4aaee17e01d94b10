import type { Fixture } from '@headroom/web/dev/fixture-server.ts'
import type { Story } from '@headroom/web/dev/stories/story.ts'
import type { Browser } from 'playwright-core'
import { colourViolations, violations } from './axe.ts'
import { setInBlocks, setInOwnFonts } from './block-font.ts'
import { type Fingerprint, fingerprintOf } from './fingerprint.ts'
import { layoutFaults } from './layout-faults.ts'
import { readPng } from './png.ts'
import { type Look, StoryPage } from './story-page.ts'

const desk = { width: 1440, height: 900 } as const
const phone = { width: 390, height: 844 } as const
/** A long page is pictured down to here, px. */
const TALLEST = 6_000

/** The looks that are pictured. */
export const LOOKS = {
  desk: { ...desk, scheme: 'light' },
  'desk-dark': { ...desk, scheme: 'dark' },
  phone: { ...phone, scheme: 'light' },
  'phone-dark': { ...phone, scheme: 'dark' },
} as const satisfies Record<string, Look>
export type LookName = keyof typeof LOOKS
export const LOOK_NAMES = Object.keys(LOOKS) as LookName[]

/** The looks that pictures are kept of, and the side of their squares, px. The dark has the same shapes; axe judges its colours. */
export const KEPT = { desk: 24, phone: 18 } as const satisfies Partial<Record<LookName, number>>
export type KeptLook = keyof typeof KEPT
export const KEPT_LOOKS = Object.keys(KEPT) as KeptLook[]

/** Windows in which nothing may be lost, beside those: the narrowest there is, and a desk's at 200 %. */
const TIGHT = {
  'at 320 px': { width: 320, height: 700, scheme: 'light' },
  'at 200 %': { width: 720, height: 450, scheme: 'light' },
} as const satisfies Record<string, Look>

export type Review = {
  /** What is wrong with it, in words. */
  faults: string[]
  prints: Record<KeptLook, Fingerprint>
}

export type Photographer = (look: LookName, png: Buffer) => void

/**
 * Opens a story and looks at it as a reader might: on a desk and on a phone, light and dark, narrow and magnified.
 * @param photographer is given the full pictures, in the machine's own fonts; without one they are not taken.
 */
export async function reviewStory(
  browser: Browser,
  fixture: Fixture,
  story: Story,
  photographer?: Photographer,
): Promise<Review> {
  await using opened = await StoryPage.open(browser, fixture, story, LOOKS.desk)
  const { page } = opened
  const faults: string[] = []
  const found = async (where: string, asked: Promise<string[]>): Promise<void> => {
    for (const fault of await asked) faults.push(`${where}: ${fault}`)
  }
  const show = async (name: LookName): Promise<Buffer> => {
    await opened.look(LOOKS[name])
    if (story.whole === true && LOOKS[name].scheme === 'light') await opened.stretch(TALLEST)
    return page.screenshot({ caret: 'initial', animations: 'disabled' })
  }
  await opened.look(LOOKS.desk)
  if (story.whole === true) await opened.stretch(TALLEST)
  await found('on a desk', layoutFaults(page))
  await found('axe', violations(page))
  await opened.look(LOOKS['desk-dark'])
  await found('axe, dark', colourViolations(page))
  await opened.look(LOOKS.phone)
  await found('on a phone', layoutFaults(page))
  for (const [where, look] of Object.entries(TIGHT)) {
    await opened.look(look)
    await found(where, layoutFaults(page))
  }

  await setInBlocks(page)
  const print = async (name: KeptLook): Promise<Fingerprint> => fingerprintOf(readPng(await show(name)), KEPT[name])
  const prints = { desk: await print('desk'), phone: await print('phone') }
  if (photographer !== undefined) {
    // Last: what a page has been through can show, and the pictures that are kept must have been through the same always.
    await setInOwnFonts(page)
    for (const name of LOOK_NAMES) photographer(name, await show(name))
  }
  return { faults: [...opened.complaints, ...faults], prints }
}
