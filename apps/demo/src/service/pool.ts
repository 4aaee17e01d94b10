import { abortReason, type Clock } from '../clock.ts'

/** What a pool lends: give it back with `using`. Giving it back twice is harmless. */
export type Lease = Disposable

export type PoolOptions = {
  /** Named in refusals. */
  name: string
  /** How many are kept. */
  size: number
  /** How many more may be lent beyond `size` for a while. */
  maxOverflow: number
  /** How many may stand in line; one more is refused at once. */
  maxWaiting: number
  /** How long somebody may stand in line before being refused. */
  timeoutMs: number
  clock: Clock
}

/** A pool at one moment. `inUse` includes the overflow. */
export type PoolFigures = {
  size: number
  inUse: number
  overflow: number
  maxOverflow: number
  waiting: number
}

/** Thrown by `acquire`, and turned into an answer at the HTTP edge: the line was full, or stood still too long. */
export class PoolRefused extends Error {
  readonly pool: string
  readonly reason: 'timeout' | 'full'

  constructor(pool: string, reason: 'timeout' | 'full', detail: string) {
    super(detail)
    this.name = 'PoolRefused'
    this.pool = pool
    this.reason = reason
  }
}

type Waiter = { grant(): void }

/** A bounded pool with a first-come-first-served line: connections, or the request slots of a server. */
export class Pool {
  readonly #options: PoolOptions
  readonly #capacity: number
  readonly #line: Waiter[] = []
  #inUse = 0

  constructor(options: PoolOptions) {
    this.#options = options
    this.#capacity = options.size + options.maxOverflow
  }

  get figures(): PoolFigures {
    const { size, maxOverflow } = this.#options
    return {
      size,
      inUse: this.#inUse,
      overflow: Math.max(0, this.#inUse - size),
      maxOverflow,
      waiting: this.#line.length,
    }
  }

  /** Lends one, waiting in line if it must. Throws `PoolRefused`, or the signal's reason. */
  async acquire(signal: AbortSignal): Promise<Lease> {
    signal.throwIfAborted()
    const { name, maxWaiting } = this.#options
    if (this.#inUse < this.#capacity) {
      this.#inUse += 1
    } else if (this.#line.length >= maxWaiting) {
      throw new PoolRefused(name, 'full', `${name}: ${maxWaiting} are already waiting`)
    } else {
      await this.#turn(signal)
    }
    return this.#lease()
  }

  /** Resolves when whoever gives one back hands it to this waiter; leaves the line on a timeout or an abort. */
  #turn(signal: AbortSignal): Promise<void> {
    const { name, timeoutMs, clock } = this.#options
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        cancelTimeout()
        signal.removeEventListener('abort', onAbort)
        const place = this.#line.indexOf(waiter)
        if (place >= 0) this.#line.splice(place, 1)
      }
      const onAbort = (): void => {
        leave()
        reject(abortReason(signal))
      }
      const waiter: Waiter = {
        grant() {
          leave()
          resolve()
        },
      }
      const cancelTimeout = clock.after(timeoutMs, () => {
        leave()
        reject(new PoolRefused(name, 'timeout', `${name}: none came free in ${timeoutMs} ms`))
      })
      signal.addEventListener('abort', onAbort, { once: true })
      this.#line.push(waiter)
    })
  }

  #lease(): Lease {
    let lent = true
    return {
      [Symbol.dispose]: () => {
        if (!lent) return
        lent = false
        const next = this.#line[0]
        // Handed over, not freed: nobody who comes later can overtake the line.
        if (next) next.grant()
        else this.#inUse -= 1
      },
    }
  }
}
