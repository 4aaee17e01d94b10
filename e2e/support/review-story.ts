import type { Story } from '@headroom/web/dev/stories/story.ts'
import { colourViolations, violations } from './axe.ts'
import { setInBlocks, setInOwnFonts } from './block-font.ts'
import { type Fingerprint, fingerprintOf } from './fingerprint.ts'
import { layoutFaults } from './layout-faults.ts'
import { readPng } from './png.ts'
import type { Look } from './stage.ts'
import type { Stages } from './stages.ts'
import { StoryPage } from './story-page.ts'

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
export async function reviewStory(stages: Stages, story: Story, photographer?: Photographer): Promise<Review> {
  await using told = await stages.tell(story)
  using opened = await StoryPage.open(told, LOOKS.desk)
  const whole = story.whole === true
  const faults = await faultsOf(opened, whole)
  await setInBlocks(opened.page)
  // In this order the phone's is of the window that the page is in already.
  const onPhone = await printOf(opened, 'phone', whole)
  const prints = { phone: onPhone, desk: await printOf(opened, 'desk', whole) }
  if (photographer !== undefined) {
    // Last: what a page has been through can show, and the pictures that are kept must have been through the same always.
    await setInOwnFonts(opened.page)
    for (const name of LOOK_NAMES) photographer(name, await pictureOf(opened, name, whole))
  }
  return { faults: [...opened.complaints, ...faults], prints }
}

/** Ends with the page in the window of a phone. */
async function faultsOf(opened: StoryPage, whole: boolean): Promise<string[]> {
  const { page } = opened
  const faults: string[] = []
  const found = async (where: string, asked: Promise<string[]>): Promise<void> => {
    for (const fault of await asked) faults.push(`${where}: ${fault}`)
  }
  if (whole) await opened.stretch(TALLEST)
  await found('on a desk', layoutFaults(page))
  await found('axe', violations(page))
  await page.emulateMedia({ colorScheme: 'dark' })
  await opened.atRest()
  await found('axe, dark', colourViolations(page))
  for (const [where, look] of Object.entries(TIGHT)) {
    await opened.look(look)
    await found(where, layoutFaults(page))
  }
  await opened.look(LOOKS.phone)
  await found('on a phone', layoutFaults(page))
  return faults
}

async function pictureOf(opened: StoryPage, name: LookName, whole: boolean): Promise<Buffer> {
  await opened.look(LOOKS[name])
  if (whole && LOOKS[name].scheme === 'light') await opened.stretch(TALLEST)
  return opened.page.screenshot({ caret: 'initial', animations: 'disabled' })
}

async function printOf(opened: StoryPage, name: KeptLook, whole: boolean): Promise<Fingerprint> {
  return fingerprintOf(readPng(await pictureOf(opened, name, whole)), KEPT[name])
}
