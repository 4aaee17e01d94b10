import type { LiveLimits } from './limits.ts'

/** Counts clients in all and per address. `enter` gives the reason why there is no room, or null. */
export class Admission {
  readonly #limits: Pick<LiveLimits, 'maxSockets' | 'maxPerAddress'>
  readonly #perAddress = new Map<string, number>()
  #total = 0

  constructor(limits: Pick<LiveLimits, 'maxSockets' | 'maxPerAddress'>) {
    this.#limits = limits
  }

  enter(address: string): string | null {
    const here = this.#perAddress.get(address) ?? 0
    if (this.#total >= this.#limits.maxSockets)
      return `full: ${this.#limits.maxSockets} viewers are connected; try again later`
    if (here >= this.#limits.maxPerAddress && !isLoopback(address))
      return `too many connections from one address: at most ${this.#limits.maxPerAddress}`
    this.#total += 1
    this.#perAddress.set(address, here + 1)
    return null
  }

  leave(address: string): void {
    const here = (this.#perAddress.get(address) ?? 1) - 1
    this.#total -= 1
    if (here === 0) this.#perAddress.delete(address)
    else this.#perAddress.set(address, here)
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}
