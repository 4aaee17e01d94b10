import { lazyPart } from '../../ui/lazy-part.tsx'

/** The charts, a script of their own beside the rest of the screen: whoever loads that asks for both at once. */
export const ChartsSide = lazyPart(async () => (await import('./ChartsSide.tsx')).ChartsSide)
