import type { Probe } from '../probes/probe.ts'
import type { Command, Reply } from '../wire/resp.ts'
import type { SetWatch } from './set-watch.ts'

/** The next piece of a set that is followed. */
export class WatchProbe implements Probe {
  readonly kind = 'watch'
  readonly #watch: SetWatch

  constructor(watch: SetWatch) {
    this.#watch = watch
  }

  cost(): number {
    return 1
  }

  first(): Command[] {
    return [this.#watch.command()]
  }

  second([reply]: readonly Reply[]): Command[] {
    this.#watch.take(reply)
    return []
  }

  done(): void {
    // All was said in the first step.
  }
}
