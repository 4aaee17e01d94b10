import { ROUTES } from '@headroom/shared/contracts.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Trials } from '../ports.ts'

export function trialsRoutes(trials: Trials): Endpoint[] {
  return [
    endpoint(ROUTES.try, async ({ body, signal }) => ({ body: await trials.try(body, signal) })),
    endpoint(ROUTES.addSystem, async ({ body, identity, signal }) => {
      const written = await trials.addSystem(body, identity.name, signal)
      return { body: written, status: written.written ? 201 : 200 }
    }),
  ]
}
