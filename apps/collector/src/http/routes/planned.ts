import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function plannedRoutes({ planned }: Pick<Reads, 'planned'>): Endpoint[] {
  return [
    endpoint(ROUTES.planned, async ({ query, identity }) => ({
      // A day that names no system concerns all.
      body: (await planned(query.at)).filter(
        ({ systems }) => systems.length === 0 || systems.some((system) => maySee(identity, system)),
      ),
    })),
  ]
}
