import { Turns } from '../../probes/plan.ts'
import { runProbes, type Probe } from '../../probes/probe.ts'
import { KeySearch } from '../key-search.ts'
import { LengthProbe } from '../length-probe.ts'
import { noticing } from '../noticing.ts'
import { SetWatch } from '../set-watch.ts'
import { MAX_QUEUES, type FamilyOptions, type FamilyReading, type Look, type QueueFamily } from '../types.ts'
import { WatchProbe } from '../watch-probe.ts'
import { FrontProbe } from './front-probe.ts'
import { SEPARATOR, WaitingProbe } from './waiting-probe.ts'

const BINDING = '_kombu.binding.'
/** Exchanges that carry no tasks: remote control, its replies, and events. */
const NO_TASKS = /(^|\.)pidbox$|celeryev/
const taskExchange = (name: string): string | undefined => (NO_TASKS.test(name) ? undefined : name)
/** Its exchange has the same name: whoever has set nothing is found without a search. */
const DEFAULT_QUEUE = 'celery'
/** The queues bound to an exchange are read again after so many looks, and of so many exchanges in one look. */
const REST_LOOKS = 12
const EXCHANGES_A_LOOK = 3
const SHARES = { length: 6, reserved: 1, front: 1 }

type CeleryQueue = { waiting: WaitingProbe; front: FrontProbe }

/**
 * Celery with Redis as its broker, by the keys that kombu writes. The broker knows what waits and what workers hold; when a
 * task began, how it ended, and which workers there are, Celery does not write here.
 */
export function createCelery(options: FamilyOptions): QueueFamily {
  return new Celery(options)
}

class Celery implements QueueFamily {
  readonly title = 'Celery'
  readonly #options: FamilyOptions
  readonly #prefix: string
  readonly #search: KeySearch
  readonly #exchanges = new Map<string, SetWatch>()
  readonly #queues = new Map<string, CeleryQueue>()
  readonly #reserved: LengthProbe
  readonly #turns = new Turns()

  constructor(options: FamilyOptions) {
    this.#options = options
    this.#prefix = options.prefix ?? ''
    this.#search = new KeySearch({ start: this.#prefix + BINDING, rest: '*', nameIn: taskExchange })
    this.#reserved = new LengthProbe([['HLEN', `${this.#prefix}unacked`]], 'reserved')
  }

  get searching(): boolean {
    return this.#search.unfinished
  }

  reconnected(): void {
    // Nothing that is remembered hangs on a connection.
  }

  async look({ ask, now, budget }: Look): Promise<FamilyReading | undefined> {
    const asked = noticing(ask)
    await this.#search.further(asked.ask, () => budget - asked.count, now)
    this.#followExchanges()
    const most = Math.max(0, Math.min(EXCHANGES_A_LOOK, budget - asked.count))
    const due = [...this.#exchanges.values()].filter((exchange) => exchange.due()).slice(0, most)
    await runProbes(
      due.map((exchange) => new WatchProbe(exchange)),
      asked.ask,
      now,
    )
    this.#followQueues()
    if (this.#queues.size === 0) return undefined
    const probes = [...this.#queues.values()].flatMap((queue) => Object.values<Probe>(queue))
    await this.#turns.ask([...probes, this.#reserved], SHARES, budget - asked.count, asked.ask, now)
    return { ...this.#reading(now), problem: asked.problem }
  }

  #followExchanges(): void {
    const names = new Set([DEFAULT_QUEUE, ...this.#search.found])
    for (const name of this.#exchanges.keys()) if (!names.has(name)) this.#exchanges.delete(name)
    for (const name of names)
      if (!this.#exchanges.has(name))
        this.#exchanges.set(name, SetWatch.ofSet(`${this.#prefix}${BINDING}${name}`, REST_LOOKS))
  }

  #followQueues(): void {
    const bound = [...this.#exchanges.values()].flatMap(({ members }) =>
      [...members].flatMap((binding) => binding.split(SEPARATOR)[2] ?? []),
    )
    const usual = this.#options.wanted && this.#options.names.length === 0 ? [DEFAULT_QUEUE] : []
    const names = [...new Set([...this.#options.names, ...usual, ...bound])].slice(0, MAX_QUEUES)
    for (const name of this.#queues.keys()) if (!names.includes(name)) this.#queues.delete(name)
    for (const name of names) if (!this.#queues.has(name)) this.#queues.set(name, this.#watch(this.#prefix + name))
  }

  #watch(key: string): CeleryQueue {
    return { waiting: new WaitingProbe(key), front: new FrontProbe(key) }
  }

  #reading(now: number): FamilyReading {
    return {
      title: this.title,
      names: [...this.#queues.keys()],
      queues: [...this.#queues].flatMap(([name, { waiting, front }]) => {
        if (waiting.value === undefined) return []
        const since = waiting.value === 0 ? now : front.since
        const oldestSeconds = since === undefined ? undefined : Math.max(0, (now - since) / 1_000)
        return [{ name, path: this.#prefix + name, length: waiting.value, oldestSeconds }]
      }),
      reserved: this.#reserved.value,
      ended: [],
    }
  }
}
