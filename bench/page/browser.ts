import { type Browser, chromium } from 'playwright-core'

/** The system's own Chromium, without what it would look for in the network. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['HEADROOM_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--enable-precise-memory-info'],
  })
}

export const DESK = { width: 1440, height: 900 } as const
