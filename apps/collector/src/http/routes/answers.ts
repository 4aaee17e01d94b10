import { ROUTES } from '@headroom/shared/contracts.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import type { Reads } from '../ports.ts'

export function answersRoutes({ answers }: Pick<Reads, 'answers'>): Endpoint[] {
  return [endpoint(ROUTES.answers, async ({ query: { system, source } }) => ({ body: await answers(system, source) }))]
}
