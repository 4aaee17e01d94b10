import type { Receiver } from './http/receivers.ts'
import type { Scraper } from './scrape/types.ts'
import type { Source, SourceModule } from './sources/types.ts'

/** The routes of the kinds that are pushed to over HTTP, each answering for those of its sources that are open. */
export function receivers(
  table: Readonly<Record<string, SourceModule<unknown, Source>>>,
  scraper: Pick<Scraper, 'opened'>,
): Receiver[] {
  return Object.entries(table).flatMap(([kind, { route }]) =>
    route === undefined
      ? []
      : [{ paths: route.paths, answer: (delivery) => route.answer(delivery, scraper.opened(kind)) }],
  )
}
