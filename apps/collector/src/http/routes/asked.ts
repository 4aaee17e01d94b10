import { ROUTES } from '@headroom/shared/contracts.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function askedRoutes({ asked }: Pick<Reads, 'asked'>): Endpoint[] {
  return [
    endpoint(ROUTES.asked, async ({ query, identity }) => ({
      body: (await asked(query.system)).filter((view) => maySee(identity, view.system)),
    })),
  ]
}
