import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function definitionsRoutes({ definitions }: Pick<Reads, 'definitions'>): Endpoint[] {
  return [
    endpoint(ROUTES.definitions, async ({ query, identity }) => ({
      body: (await definitions(query.at)).filter(({ id }) => maySee(identity, id)),
    })),
  ]
}
