import { ROUTES } from '@headroom/shared/contracts.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function statusRoutes({ status }: Pick<Reads, 'status'>): Endpoint[] {
  return [endpoint(ROUTES.status, async () => ({ body: await status() }))]
}
