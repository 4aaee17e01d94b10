import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function mappingRoutes({ mapping }: Pick<Reads, 'mapping'>): Endpoint[] {
  return [
    endpoint(ROUTES.mapping, async ({ query, identity }) => ({
      body: (await mapping(query.system)).filter((view) => maySee(identity, view.system)),
    })),
  ]
}
