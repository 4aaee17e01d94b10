import { ROUTES } from '@headroom/shared/contracts.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Kinds } from '../ports.ts'

export function kindsRoutes({ sourceKinds, presets }: Kinds): Endpoint[] {
  return [
    endpoint(ROUTES.sourceKinds, async () => ({ body: sourceKinds() })),
    endpoint(ROUTES.presets, async () => ({ body: presets() })),
  ]
}
