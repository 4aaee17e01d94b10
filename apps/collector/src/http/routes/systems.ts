import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function systemsRoutes({ systems }: Pick<Reads, 'systems'>): Endpoint[] {
  return [
    endpoint(ROUTES.systems, async ({ query, identity }) => ({
      body: (await systems(query.at)).filter((system) => maySee(identity, system.id)),
    })),
  ]
}
