import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint, given } from '../endpoint.ts'
import { pageOf } from '../page.ts'
import type { Reads } from '../ports.ts'

export function alertsRoutes({ alerts }: Pick<Reads, 'alerts'>): Endpoint[] {
  return [
    endpoint(ROUTES.alerts, async ({ query: { state, system, from, to, at, before, limit }, identity }) => {
      const found = await alerts({ state, limit: limit + 1, ...given({ system, from, to, at, before }) })
      const page = pageOf(found, limit, (alert) => alert.since)
      return {
        body: page.items.filter((alert) => maySee(identity, alert.system)),
        ...(page.before === undefined ? {} : { next: { before: page.before } }),
      }
    }),
  ]
}
