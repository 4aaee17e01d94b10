import { ROUTES } from '@headroom/shared/contracts.ts'
import { EVENT_KINDS, type EventKind, eventSystem } from '@headroom/shared/model/event.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint, given } from '../endpoint.ts'
import { ApiError } from '../errors.ts'
import { pageOf } from '../page.ts'
import type { Reads } from '../ports.ts'

/**
 * The transitions, always oldest first. Going forward, pages follow by `after` (a seq); with `before` (a time) the
 * newest ones older than it are given, and the next page is the one before them.
 */
export function eventsRoutes({ events }: Pick<Reads, 'events'>): Endpoint[] {
  return [
    endpoint(
      ROUTES.events,
      async ({ query: { after, from, to, at, kind, system, pattern, before, limit }, identity }) => {
        const asked = given({
          after,
          from,
          to: earlier(to, at),
          system,
          pattern,
          kinds: kind === undefined ? undefined : kindsOf(kind),
          before,
        })
        const mine = (found: Awaited<ReturnType<typeof events>>) =>
          found.filter((event) => maySee(identity, eventSystem(event)))
        if (before === undefined) {
          const found = await events({ ...asked, limit: limit + 1, order: 'asc' })
          const page = found.slice(0, limit)
          const last = page.at(-1)
          return {
            body: mine(page),
            ...(found.length > limit && last !== undefined ? { next: { after: last.seq } } : {}),
          }
        }
        const page = pageOf(await events({ ...asked, limit: limit + 1, order: 'desc' }), limit, (event) => event.at)
        return {
          body: mine(page.items.toReversed()),
          ...(page.before === undefined ? {} : { next: { before: page.before } }),
        }
      },
    ),
  ]
}

/** What was known at a moment ends there. */
function earlier(to: number | undefined, at: number | undefined): number | undefined {
  return to === undefined || at === undefined ? (to ?? at) : Math.min(to, at)
}

function kindsOf(text: string): EventKind[] {
  return text.split(',').map((word) => {
    const kind = EVENT_KINDS.find((known) => known === word)
    if (kind === undefined)
      throw new ApiError(
        400,
        'unknown_kind',
        `There are no events of kind ${JSON.stringify(word)}: the kinds are ${EVENT_KINDS.join(', ')}.`,
        'kind',
      )
    return kind
  })
}
