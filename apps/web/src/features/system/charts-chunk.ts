import { lazyPart } from '../../ui/lazy-part.tsx'

/** The charts come with the first system that is opened, or as soon as the page has nothing else to do. */
export const ChartsSide = lazyPart(async () => (await import('./ChartsSide.tsx')).ChartsSide)

// Not every browser tells when it is idle; there they come when they are asked for.
if (window.location.pathname.startsWith('/systems/')) void ChartsSide.preload()
else if ('requestIdleCallback' in window) window.requestIdleCallback(() => void ChartsSide.preload())
