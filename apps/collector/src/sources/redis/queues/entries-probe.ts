import type { Probe } from '../probes/probe.ts'
import type { Command, Reply } from '../wire/resp.ts'
import { NewestEntries } from './newest-entries.ts'

/** How many jobs came into a registry: of those that failed, or completed. */
export class EntriesProbe implements Probe {
  readonly kind: string
  readonly #entries: NewestEntries

  constructor(key: string, kind: string) {
    this.kind = kind
    this.#entries = new NewestEntries(key)
  }

  /** Since the first look. */
  get added(): number {
    return this.#entries.added
  }

  get everHeld(): boolean {
    return this.#entries.everHeld
  }

  cost(): number {
    return this.#entries.cost()
  }

  first(): Command[] {
    return this.#entries.commands()
  }

  second(replies: readonly Reply[]): Command[] {
    this.#entries.take(replies)
    return []
  }

  done(): void {
    // All was said in the first step.
  }
}
