import { ROUTES } from '@headroom/shared/contracts.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'

export function openapiRoutes({ openapi }: { openapi: () => Record<string, unknown> }): Endpoint[] {
  return [endpoint(ROUTES.openapi, async () => ({ body: openapi() }))]
}
