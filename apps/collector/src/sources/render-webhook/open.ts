import type { Mapped, Point, Reading } from '@headroom/shared/model/reading.ts'
import type { CommonOptions, Outlet, PushSource, SourceContext } from '../types.ts'
import { noteOf, type WebhookEvent } from './event.ts'
import type { RenderWebhookOptions } from './schema.ts'
import { isSigned, isTimely, keyOf, type SignedHeaders, type Verdict } from './signature.ts'

/** Deliveries that came are remembered by their ids; Render tries one for some 33 hours. */
const MAX_REMEMBERED = 10_000

/** One system's webhook. */
export type RenderWebhookSource = PushSource & {
  judge(headers: SignedHeaders, body: Uint8Array): Verdict
  hasRoom(): boolean
  /** Takes a delivery that was judged fine. False: the collector is behind, and it has to come again. */
  take(event: WebhookEvent, id: string): boolean
  poll(signal: AbortSignal): Promise<Reading>
}

export function openRenderWebhook(
  { secret, service }: RenderWebhookOptions & CommonOptions,
  { clock, log }: SourceContext,
): RenderWebhookSource {
  const key = keyOf(secret)
  const wanted = service === undefined ? undefined : new Set(service)
  const taken = new Set<string>()
  let outlet: Outlet | undefined
  let kills = 0

  const reading = (own: Partial<Reading> = {}): Reading => {
    const killed: Point = { metric: 'kills.total', unit: 'count', labels: {}, value: kills, kind: 'gauge' }
    const value = outlet === undefined ? 'waits for what is posted' : kills
    const mapped: Mapped = {
      path: 'server_failed',
      place: null,
      metric: killed.metric,
      unit: 'count',
      value,
      labels: {},
      how: 'known',
    }
    return { up: 1, points: [killed], texts: [], mapped: [mapped], leftOut: 0, ...own }
  }

  return {
    judge(headers, body) {
      if (!isSigned(key, headers, body)) return 'wrong_signature'
      if (isTimely(headers, clock.now())) return 'fine'
      log.log('warn', "a signed delivery of Render's webhook is not of now: is the clock of this machine right?")
      return 'wrong_time'
    },
    hasRoom: () => outlet?.hasRoom() === true,
    take(event, id) {
      if (outlet === undefined) return false
      if (taken.has(id) || (wanted !== undefined && !wanted.has(event.data.serviceId))) return true
      const killed = event.type === 'server_failed' ? 1 : 0
      kills += killed
      if (!outlet.push(reading({ happened: [noteOf(event, id, clock.now())] }))) {
        kills -= killed
        return false
      }
      taken.add(id)
      for (const oldest of taken) {
        if (taken.size <= MAX_REMEMBERED) break
        taken.delete(oldest)
      }
      return true
    },
    listen(given) {
      outlet = given
      // The first kill is told by a rise, and there is none without a zero before it.
      outlet.push(reading())
    },
    // A quiet week is no silence: it is well as long as it listens.
    poll: () => Promise.resolve(reading()),
    [Symbol.asyncDispose]() {
      outlet = undefined
      return Promise.resolve()
    },
  }
}
