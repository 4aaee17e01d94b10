import { ChartsSide } from '../features/system/charts-chunk.ts'
import { lazyPart } from '../ui/lazy-part.tsx'

// The overview is what most people open; the other screens come when they are asked for, or nothing else is to do.
export const SystemPage = lazyPart(async () => {
  // Both at once: one after the other costs a way to the collector more.
  void ChartsSide.preload()
  return (await import('../features/system/SystemPage.tsx')).SystemPage
})
export const SetupPage = lazyPart(async () => (await import('../features/setup/SetupPage.tsx')).SetupPage)
export const WatchSomething = lazyPart(
  async () => (await import('../features/watch/WatchSomething.tsx')).WatchSomething,
)
