import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint, given } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function seriesRoutes({ series }: Pick<Reads, 'series'>): Endpoint[] {
  return [
    endpoint(ROUTES.series, async ({ query: { system, all, at }, identity }) => {
      const found = await series(given({ system, at, all: all === '1' || all === 'true' }))
      return { body: found.filter((view) => maySee(identity, view.system)) }
    }),
  ]
}
