import type { Probe } from '../probes/probe.ts'
import { asNumber, type Command, type Reply } from '../wire/resp.ts'

/** How many wait: what these commands say together. */
export class LengthProbe implements Probe {
  readonly kind: string
  readonly #commands: Command[]
  value: number | undefined
  /** What each command said. */
  parts: readonly number[] = []

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
    const counts = replies.flatMap((reply) => asNumber(reply) ?? [])
    if (counts.length !== this.#commands.length) return []
    this.parts = counts
    this.value = counts.reduce((sum, count) => sum + count, 0)
    return []
  }

  done(): void {
    // All was said in the first step.
  }
}
