import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PATHS = [
  process.env['HEADROOM_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Flags that keep Chromium from looking for the network it does not have here. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Opens the system's own Chromium; Playwright's is never downloaded. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = PATHS.find((path) => path !== undefined && existsSync(path))
  if (executablePath === undefined)
    throw new Error('No Chromium found. Install the package "chromium", or set HEADROOM_CHROMIUM.')
  return chromium.launch({ executablePath, args: ARGS })
}
