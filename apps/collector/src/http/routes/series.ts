import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint, given } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function seriesRoutes({ series }: Pick<Reads, 'series'>): Endpoint[] {
  return [
    endpoint(ROUTES.series, async ({ query: { system, all, at, after = 0, limit }, identity }) => {
      const found = await series(given({ system, at, all: all === '1' || all === 'true' }))
      const seen = found
        .filter((view) => view.id > after && maySee(identity, view.system))
        .toSorted((a, b) => a.id - b.id)
      const body = seen.slice(0, limit)
      const last = body.at(-1)
      return { body, ...(last === undefined || seen.length <= limit ? {} : { next: { after: last.id } }) }
    }),
  ]
}
