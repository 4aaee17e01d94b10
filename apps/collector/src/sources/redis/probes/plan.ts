import { runProbes, type Ask, type Probe } from './probe.ts'

/** Of each kind at most so many commands before the other kinds had theirs. */
export type Shares = Readonly<Record<string, number>>

/**
 * Chooses the probes of one look, so that they cost no more than `budget` commands: those never asked, in the order of the
 * kinds; then of each kind those asked longest ago, up to the kind's share; then as long as the budget lasts. The kind named
 * first always comes first, the others take turns at being next. So a look is bounded however many queues there are, and
 * every probe has its turn.
 */
export class Turns {
  /** Of each probe, which it was of all that were ever asked. */
  readonly #asked = new WeakMap<Probe, number>()
  #count = 0
  #turn = 0

  /** Asks as many as the budget allows; what the first ones did not need of it goes to further ones. */
  async ask(probes: readonly Probe[], shares: Shares, budget: number, ask: Ask, now: number): Promise<void> {
    let left = budget
    const counted: Ask = (commands) => {
      left -= commands.length
      return ask(commands)
    }
    let waiting = probes
    for (;;) {
      const chosen = this.choose(waiting, shares, left)
      if (chosen.length === 0) return
      await runProbes(chosen, counted, now)
      waiting = waiting.filter((probe) => !chosen.includes(probe))
    }
  }

  choose(probes: readonly Probe[], shares: Shares, budget: number): Probe[] {
    this.#turn++
    const chosen: Probe[] = []
    let left = budget
    const take = (waiting: readonly Probe[], most: number): void => {
      let spent = 0
      for (const probe of waiting.filter((one) => !chosen.includes(one))) {
        const cost = probe.cost()
        if (cost > left || (spent > 0 && spent + cost > most)) return
        spent += cost
        left -= cost
        this.#asked.set(probe, ++this.#count)
        chosen.push(probe)
      }
    }
    const inTurn = (kind: string): Probe[] => this.#inTurn(probes.filter((probe) => probe.kind === kind))
    for (const kind of Object.keys(shares))
      take(
        inTurn(kind).filter((probe) => !this.#asked.has(probe)),
        Infinity,
      )
    const kinds = this.#rotated(Object.entries(shares))
    for (const [kind, share] of kinds) take(inTurn(kind), share)
    for (const [kind] of kinds) take(inTurn(kind), Infinity)
    return chosen
  }

  #rotated<T>([first, ...others]: readonly T[]): T[] {
    const from = others.length === 0 ? 0 : this.#turn % others.length
    return [...(first === undefined ? [] : [first]), ...others.slice(from), ...others.slice(0, from)]
  }

  /** Those never asked first, then those asked longest ago. */
  #inTurn(probes: Probe[]): Probe[] {
    return probes.toSorted((a, b) => (this.#asked.get(a) ?? 0) - (this.#asked.get(b) ?? 0))
  }
}
