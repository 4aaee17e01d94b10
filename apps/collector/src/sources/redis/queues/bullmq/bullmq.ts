import { Turns } from '../../probes/plan.ts'
import type { Probe } from '../../probes/probe.ts'
import { EntriesProbe } from '../entries-probe.ts'
import { KeySearch } from '../key-search.ts'
import { LengthProbe } from '../length-probe.ts'
import { noticing } from '../noticing.ts'
import { longestSeconds, sumOfAll } from '../sums.ts'
import { MAX_QUEUES, type FamilyOptions, type FamilyReading, type Look, type QueueFamily } from '../types.ts'
import { ActiveProbe } from './active-probe.ts'
import { DurationsProbe } from './durations-probe.ts'
import { WaitingProbe } from './waiting-probe.ts'

const PREFIX = 'bull'
/** BullMQ keeps `meta` of each queue; Bull, which came before it, the number of its newest job in `id`. */
const QUEUE_KEYS = { rest: '*:[im][de]*', nameIn: (rest: string) => /^(.+):(?:id|meta)$/s.exec(rest)?.[1] }
const SHARES = { length: 6, active: 2, oldest: 2, completed: 2, failed: 2, durations: 1 }

type BullQueue = {
  length: LengthProbe
  oldest: WaitingProbe
  active: ActiveProbe
  completed: EntriesProbe
  failed: EntriesProbe
  durations: DurationsProbe
}

/** BullMQ, and Bull 4, by the keys they write. Its workers are those connected under the name of their queue. */
export function createBullmq(options: FamilyOptions): QueueFamily {
  return new Bullmq(options)
}

class Bullmq implements QueueFamily {
  readonly title = 'BullMQ'
  readonly #options: FamilyOptions
  readonly #prefix: string
  readonly #search: KeySearch
  readonly #queues = new Map<string, BullQueue>()
  readonly #turns = new Turns()

  constructor(options: FamilyOptions) {
    this.#options = options
    this.#prefix = `${options.prefix ?? PREFIX}:`
    this.#search = new KeySearch({ start: this.#prefix, ...QUEUE_KEYS })
  }

  get searching(): boolean {
    return this.#search.unfinished
  }

  reconnected(): void {
    // Nothing that is remembered hangs on a connection.
  }

  async look({ ask, now, budget, clients }: Look): Promise<FamilyReading | undefined> {
    const asked = noticing(ask)
    await this.#search.further(asked.ask, () => budget - asked.count, now)
    this.#follow()
    if (this.#queues.size === 0) return undefined
    const probes = [...this.#queues.values()].flatMap((queue) => Object.values<Probe>(queue))
    await this.#turns.ask(probes, SHARES, budget - asked.count, asked.ask, now)
    return { ...this.#reading(now, clients), problem: asked.problem }
  }

  #follow(): void {
    const names = [...new Set([...this.#options.names, ...this.#search.found])].slice(0, MAX_QUEUES)
    for (const name of this.#queues.keys()) if (!names.includes(name)) this.#queues.delete(name)
    for (const name of names)
      if (!this.#queues.has(name)) this.#queues.set(name, this.#watch(`${this.#prefix}${name}:`))
  }

  #watch(key: string): BullQueue {
    const { abilities } = this.#options
    const length = new LengthProbe([
      ['LLEN', `${key}wait`],
      ['LLEN', `${key}paused`],
      ['ZCARD', `${key}prioritized`],
    ])
    return {
      length,
      oldest: new WaitingProbe(key, () => (length.parts[1] ?? 0) > 0, abilities),
      active: new ActiveProbe(key, abilities),
      completed: new EntriesProbe(`${key}completed`, 'completed'),
      failed: new EntriesProbe(`${key}failed`, 'failed'),
      durations: new DurationsProbe(key, abilities),
    }
  }

  #reading(now: number, clients: ReadonlyMap<string, number> | undefined): FamilyReading {
    const all = [...this.#queues.values()]
    const running = sumOfAll(all.map(({ active }) => active.running))
    const starts = all.flatMap(({ active }) => active.longestSince ?? [])
    const sum = (of: (queue: BullQueue) => number): number => all.reduce((total, queue) => total + of(queue), 0)
    // Jobs that are removed as they complete leave no trace: then nothing is known of how many did.
    const traceless = all.some(({ active, completed }) => active.anyLeft && !completed.everHeld)
    return {
      title: this.title,
      names: [...this.#queues.keys()],
      queues: [...this.#queues].flatMap(([name, { length, oldest }]) => {
        if (length.value === undefined) return []
        const since = length.value === 0 ? now : oldest.since
        return [
          {
            name,
            path: `${this.#prefix}${name}`,
            length: length.value,
            oldestSeconds: since === undefined ? undefined : Math.max(0, (now - since) / 1_000),
          },
        ]
      }),
      running,
      longestSeconds: longestSeconds(running, starts, now),
      finished: traceless ? undefined : sum(({ completed }) => completed.added),
      failed: sum(({ failed }) => failed.added),
      ended: all.flatMap(({ durations }) => durations.ended),
      workers: clients === undefined ? undefined : { total: this.#workers(clients) },
    }
  }

  /** A worker's connection bears the name of its queue, and perhaps its own behind `:w:`. */
  #workers(clients: ReadonlyMap<string, number>): number {
    const starts = [...this.#queues.keys()].map((name) => `${this.#prefix}${Buffer.from(name).toString('base64')}`)
    const connected = [...clients].filter(([client]) =>
      starts.some((start) => client === start || client.startsWith(`${start}:w:`)),
    )
    return connected.reduce((total, [, count]) => total + count, 0)
  }
}
