import type { Probe } from '../probes/probe.ts'
import { asNumber, type Command, type Reply } from '../wire/resp.ts'

/** How many wait: what these commands say together. */
export class LengthProbe implements Probe {
  readonly kind: string
  readonly #commands: Command[]
  value: number | undefined

  constructor(commands: Command[], kind = 'length') {
    this.#commands = commands
    this.kind = kind
  }

  cost(): number {
    return this.#commands.length
  }

  first(): Command[] {
    return this.#commands
  }

  second(replies: readonly Reply[]): Command[] {
    const counts = replies.map(asNumber)
    if (counts.length === this.#commands.length && !counts.includes(undefined))
      this.value = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
    return []
  }

  done(): void {
    // All was said in the first step.
  }
}
