import type { Budget } from '../account/budget.ts'
import { notRender } from '../account/failure.ts'
import { EventPage, RenderEvent } from '../events/event.ts'
import type { Member } from '../member.ts'
import { byResource, each, Stopped, type Sweep } from './sweep.ts'

const PAGE = 100
const MAX_PAGES = 10
/** Events are asked for service by service: of the reads a minute this share is for them. */
const SHARE = 0.4
const MINUTE_MS = 60_000

/**
 * The events of as many services as there are reads for, those first that were asked for longest ago; with many
 * services each is asked about less often, and nothing is lost, for every question reaches back to the one before.
 */
export async function sweepEvents(sweep: Sweep, budget: Budget, beforeMs: number): Promise<void> {
  const { atMs } = sweep
  const due = sweep.members.filter(
    ({ events, absentUntil, eventsAskedAt, everyMs }) =>
      events && absentUntil <= atMs && atMs - eventsAskedAt >= everyMs / 2,
  )
  const oldest = due.toSorted((a, b) => a.eventsAskedAt - b.eventsAskedAt)
  const minutes = Math.min(1, (atMs - beforeMs) / MINUTE_MS)
  const affordable = Math.max(1, Math.floor(SHARE * budget.perMinute * minutes))
  await each([...byResource(oldest)].slice(0, affordable), ([id, members]) => readEvents(sweep, id, members))
}

async function readEvents({ api, signal, atMs }: Sweep, id: string, members: readonly Member[]): Promise<void> {
  const now = api.now()
  const since = Math.min(...members.map((member) => member.eventsSince(now)))
  const events: RenderEvent[] = []
  let cursor = ''
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = {
      startTime: new Date(since).toISOString(),
      endTime: new Date(now).toISOString(),
      limit: String(PAGE),
      ...(cursor === '' ? {} : { cursor }),
    }
    const answer = await api.get(`/services/${encodeURIComponent(id)}/events`, query, `events of ${id}`, signal)
    if (answer.kind === 'refusal') {
      if (answer.whole) throw new Stopped(answer)
      for (const member of members) member.problems.set('events', answer.problem)
      return
    }
    const entries = EventPage.safeParse(answer.json)
    if (!entries.success) {
      for (const member of members) member.problems.set('events', notRender(`events of ${id}`).problem)
      return
    }
    events.push(...entries.data.flatMap(({ event }) => RenderEvent.safeParse(event).data ?? []))
    const next = entries.data.at(-1)?.cursor ?? ''
    // How long a page is at most is the server's to say: only an empty one is surely the last.
    if (next === '' || next === cursor) break
    cursor = next
  }
  for (const member of members) {
    member.problems.delete('events')
    member.eventsAskedAt = atMs
    member.takeEvents(events, now)
  }
}
