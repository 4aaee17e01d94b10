import { ROUTES } from '@headroom/shared/contracts.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'

export function configSchemaRoutes({ configSchema }: { configSchema: () => Record<string, unknown> }): Endpoint[] {
  return [endpoint(ROUTES.configSchema, async () => ({ body: configSchema() }))]
}
