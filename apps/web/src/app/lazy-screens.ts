import { ChartsSide } from '../features/system/charts-chunk.ts'
import { lazyPart } from '../ui/lazy-part.tsx'

// The overview is what most people open; the other screens come when they are asked for, or nothing else is to do.
export const SystemPage = lazyPart(async () => {
  // Both at once, and shown together: a part that comes a moment later than its neighbours is held back by React for
  // a third of a second, so that places do not flicker.
  const [page] = await Promise.all([import('../features/system/SystemPage.tsx'), ChartsSide.preload()])
  return page.SystemPage
})
export const SetupPage = lazyPart(async () => (await import('../features/setup/SetupPage.tsx')).SetupPage)
export const AddSource = lazyPart(async () => (await import('../features/watch/add-source/AddSource.tsx')).AddSource)
export const WatchSomething = lazyPart(
  async () => (await import('../features/watch/WatchSomething.tsx')).WatchSomething,
)
