import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint, given } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function definitionsRoutes({ definitions }: Pick<Reads, 'definitions'>): Endpoint[] {
  return [
    endpoint(ROUTES.definitions, async ({ query: { system, at }, identity }) => ({
      body: (await definitions(given({ system, at }))).filter(({ id }) => maySee(identity, id)),
    })),
  ]
}
