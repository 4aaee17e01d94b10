import type { Browser, Page } from 'playwright-core'
import { DESK } from './browser.ts'

declare global {
  interface Window {
    /** When every card had its values in the document, and when they were painted; ms since the navigation began. */
    cardsReadable: Promise<{ writtenAt: number; paintedAt: number }>
  }
}

/** The state of a reader's machine and line. */
export type Conditions = { cpuSlowdown: number; megabitsPerSecond?: number }

/** Opens the Overview with nothing cached; from the navigation until all cards can be read, ms. */
export async function timeToReadable(browser: Browser, url: string, cards: number, under: Conditions): Promise<number> {
  const context = await browser.newContext({ viewport: DESK })
  try {
    const page = await context.newPage()
    await slowDown(page, under)
    await page.addInitScript(watchCards, cards)
    await page.goto(url, { waitUntil: 'commit' })
    return await page.evaluate(async () => (await window.cardsReadable).paintedAt)
  } finally {
    await context.close()
  }
}

async function slowDown(page: Page, { cpuSlowdown, megabitsPerSecond }: Conditions): Promise<void> {
  const session = await page.context().newCDPSession(page)
  if (megabitsPerSecond !== undefined) {
    const bytesPerSecond = (megabitsPerSecond * 1e6) / 8
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    })
  }
  if (cpuSlowdown > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown })
}

/** This runs in the page, before anything of it. */
export function watchCards(cards: number): void {
  const readable = (): boolean => {
    const found = [...document.querySelectorAll('[data-system]')]
    return (
      found.length >= cards && found.every((card) => /\d/.test(card.querySelector('[data-row]')?.textContent ?? ''))
    )
  }
  window.cardsReadable = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!readable()) return
      observer.disconnect()
      const writtenAt = performance.now()
      // The frame that shows them is over once the next one begins.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve({ writtenAt, paintedAt: performance.now() })))
    })
    observer.observe(document, { childList: true, subtree: true, characterData: true })
  })
}
