import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Event } from '@headroom/shared/model/event.ts'
import { foldedAlerts } from '@headroom/shared/world/fold.ts'
import type { World } from '@headroom/shared/world/world.ts'

/** Remembers which alert the screens were last told to be under which, to tell those that are folded otherwise now. */
export class Folding {
  readonly #under = new Map<string, string>()

  /** Open alerts that are folded otherwise than was said, and that this flush says nothing else of. */
  look({ events }: { events: readonly Event[] }, world: World): Alert[] {
    const reconfigured = events.some((event) => event.kind === 'config')
    const changed = events.flatMap((event) => (event.kind === 'alert' ? [event.alert] : []))
    if (changed.length === 0 && !reconfigured) return []
    const systems = new Set(changed.map(({ system }) => system))
    const refolded: Alert[] = []
    for (const alert of foldedAlerts(world, reconfigured ? undefined : systems)) {
      if (this.#under.get(alert.id) === alert.under) continue
      if (alert.under === undefined) this.#under.delete(alert.id)
      else this.#under.set(alert.id, alert.under)
      if (!changed.some(({ id }) => id === alert.id)) refolded.push(alert)
    }
    for (const { id, state } of changed) if (state === 'resolved') this.#under.delete(id)
    return refolded
  }

  /** An alert as screens are told of it. */
  view(alert: Alert): Alert {
    const under = this.#under.get(alert.id)
    return under === undefined ? alert : { ...alert, under }
  }
}
