import { SetupPage, SystemPage } from './lazy-screens.ts'

/** The screen that the address names is fetched beside the rest of the page, not once the rest has been drawn. */
const { pathname } = window.location
if (pathname.startsWith('/systems/')) void SystemPage.preload()
else if (pathname === '/setup') void SetupPage.preload()
