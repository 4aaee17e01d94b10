import type { Role } from '@headroom/shared/contracts.ts'
import { PROTOCOL } from '@headroom/shared/live-socket.ts'
import type { Clock } from '../lib/clock.ts'
import { type Filter, shows } from './filter.ts'
import type { Snapshot } from './types.ts'

/** After a start everybody comes back at once: the state of a moment is serialised once for all of them. */
const FRESH_MS = 250

export type Hello = { message: Buffer; seq: number }

export type Greeter = {
  hello(filter: Filter, role: Role): Hello
  /** The state has changed: the next hello is made anew. */
  invalidate(): void
}

/** Makes hellos: the part that is the same for everybody of one subscription is kept until the state changes. */
export function createGreeter(clock: Clock, stream: string, snapshot: () => Snapshot): Greeter {
  let taken: { state: Snapshot; at: number; tails: Map<string, Buffer> } | null = null
  return {
    hello(filter, role) {
      const now = clock.monotonic()
      if (taken === null || now - taken.at > FRESH_MS) taken = { state: snapshot(), at: now, tails: new Map() }
      const { state, tails } = taken
      let tail = tails.get(filter.key)
      if (tail === undefined) tails.set(filter.key, (tail = tailOf(state, filter)))
      const head = JSON.stringify({ kind: 'hello', protocol: PROTOCOL, stream, now: clock.now(), role })
      return { message: Buffer.concat([Buffer.from(`${head.slice(0, -1)},`), tail]), seq: state.seq }
    },
    invalidate() {
      taken = null
    },
  }
}

function tailOf({ seq, stored, demo, systems, series, alerts }: Snapshot, filter: Filter): Buffer {
  const content = {
    seq,
    stored,
    demo,
    systems: systems.filter((system) => shows(filter, system.id)),
    series: series.filter((view) => shows(filter, view.system)),
    alerts: alerts.filter((alert) => shows(filter, alert.system)),
  }
  return Buffer.from(JSON.stringify(content).slice(1))
}
