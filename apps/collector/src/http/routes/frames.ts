import { ROUTES } from '@headroom/shared/contracts.ts'
import type { LiveHub } from '../../live/types.ts'
import { type Endpoint, endpoint, given, Serialised } from '../endpoint.ts'
import { ApiError } from '../errors.ts'

/** The live frames without a socket. As with the socket, pages of other origins are refused. */
export function framesRoutes({ live }: { live: Pick<LiveHub, 'poll'> }): Endpoint[] {
  return [
    endpoint(
      ROUTES.frames,
      async ({ query: { stream, after, wait }, identity, signal }) => {
        const polled = await live.poll({ waitMs: wait, signal, ...given({ stream, after }) }, identity)
        if (polled.kind === 'frames') return { body: new Serialised(polled.json) }
        throw new ApiError(503, 'live_full', `${polled.reason}: ask again in a few seconds.`)
      },
      { ownPagesOnly: true },
    ),
  ]
}
