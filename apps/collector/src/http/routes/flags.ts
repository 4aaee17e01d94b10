import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint, given } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function flagsRoutes({ flags }: Pick<Reads, 'flags'>): Endpoint[] {
  return [
    endpoint(ROUTES.flags, async ({ query: { system, at }, identity }) => ({
      body: (await flags(given({ system, at }))).filter((flag) => maySee(identity, flag.system)),
    })),
  ]
}
