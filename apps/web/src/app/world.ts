import { browserClock } from '../data/clock.ts'
import { createLive } from '../data/live.ts'
import { createTicker } from '../data/use-timeline.ts'

/** The live world of the page. There is one, for as long as the page is there. */
export const world = { live: createLive(browserClock), clock: browserClock, ticker: createTicker(browserClock) }

// At once, before the rest of the page is even read: the collector's greeting comes while that is done.
world.live.start()
