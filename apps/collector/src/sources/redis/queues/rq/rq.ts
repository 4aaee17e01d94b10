import { Turns } from '../../probes/plan.ts'
import { runProbes, type Probe } from '../../probes/probe.ts'
import { EntriesProbe } from '../entries-probe.ts'
import { LengthProbe } from '../length-probe.ts'
import { noticing } from '../noticing.ts'
import { longestSeconds, sumOfAll } from '../sums.ts'
import { SetWatch } from '../set-watch.ts'
import { WatchProbe } from '../watch-probe.ts'
import { MAX_QUEUES, type FamilyOptions, type FamilyReading, type Look, type QueueFamily } from '../types.ts'
import { OldestProbe } from './oldest-probe.ts'
import { FinishedProbe } from './finished-probe.ts'
import { RqWorkers } from './rq-workers.ts'
import { RunningProbe } from './running-probe.ts'

const QUEUE_KEY = 'rq:queue:'
/** The list of queues is read again after so many looks. */
const REST_LOOKS = 5
/** Up to eight queues are counted in every look, whatever else is asked. */
const LENGTHS = { length: 8 }
const SHARES = { running: 4, oldest: 2, failed: 2, finished: 1 }

type RqQueue = {
  length: LengthProbe
  oldest: OldestProbe
  running: RunningProbe
  failed: EntriesProbe
  finished: FinishedProbe
}

/**
 * RQ 1 and 2, by the keys they write. Only read: RQ's own way of counting cleans up on the way. What counts in a look:
 * a command for the workers, one for the list of queues now and then, and for each queue its length, its oldest, its
 * running, failed and finished jobs, in turns where the budget does not reach for all.
 */
export function createRq(options: FamilyOptions): QueueFamily {
  return new Rq(options)
}

class Rq implements QueueFamily {
  readonly title = 'RQ'
  /** It keeps a list of its queues. */
  readonly searching = false
  readonly #options: FamilyOptions
  readonly #workers: RqWorkers
  readonly #list = SetWatch.ofSet('rq:queues', REST_LOOKS)
  readonly #lengths = new Turns()
  readonly #turns = new Turns()
  readonly #queues = new Map<string, RqQueue>()
  /** It was here once, so that no worker at all is worth saying. */
  #present: boolean

  constructor(options: FamilyOptions) {
    this.#options = options
    this.#present = options.wanted
    this.#workers = new RqWorkers(options.abilities)
  }

  reconnected(): void {
    this.#workers.reconnected()
  }

  async look({ ask, now, budget, clients }: Look): Promise<FamilyReading | undefined> {
    const asked = noticing(ask)
    const first: Probe[] = [...(this.#list.due() ? [new WatchProbe(this.#list)] : []), this.#workers]
    const before = this.#options.abilities().sort
    await runProbes(first, asked.ask, now)
    // The shorter way was refused: once more by the longer one, which counts from now on.
    if (before !== false && this.#options.abilities().sort === false) await runProbes([this.#workers], asked.ask, now)
    if (clients !== undefined) this.#workers.match(clients)
    this.#follow()
    const { total, dead } = this.#workers.count
    this.#present ||= this.#queues.size > 0 || total + dead > 0
    const queues = [...this.#queues.values()]
    const left = (): number => budget - asked.count
    await this.#lengths.ask(
      queues.map(({ length }) => length),
      LENGTHS,
      Math.min(LENGTHS.length, left()),
      asked.ask,
      now,
    )
    const probes = queues.flatMap(({ length, oldest, running, failed, finished }) => [
      running,
      failed,
      finished,
      ...(length.value === 0 ? [] : [oldest]),
    ])
    await this.#turns.ask(probes, SHARES, left(), asked.ask, now)
    if (!this.#present && asked.problem === undefined) return undefined
    return { ...this.#reading(now), problem: asked.problem }
  }

  /** The queues that there are, and those named by the configuration. */
  #follow(): void {
    const found = [...this.#list.members].map((key) => (key.startsWith(QUEUE_KEY) ? key.slice(QUEUE_KEY.length) : key))
    const names = [...new Set([...this.#options.names, ...found])].slice(0, MAX_QUEUES)
    for (const name of this.#queues.keys()) if (!names.includes(name)) this.#queues.delete(name)
    for (const name of names) if (!this.#queues.has(name)) this.#queues.set(name, this.#watch(name))
  }

  #watch(name: string): RqQueue {
    const { abilities } = this.#options
    return {
      length: new LengthProbe([['LLEN', `${QUEUE_KEY}${name}`]]),
      oldest: new OldestProbe(`${QUEUE_KEY}${name}`, abilities),
      running: new RunningProbe(`rq:wip:${name}`, abilities),
      // A job that is tried again does not come into this registry.
      failed: new EntriesProbe(`rq:failed:${name}`, 'failed'),
      finished: new FinishedProbe(name, abilities),
    }
  }

  #reading(now: number): FamilyReading {
    const queues = [...this.#queues]
    const all = [...this.#queues.values()]
    const running = sumOfAll(all.map((queue) => queue.running.running))
    const starts = all.flatMap((queue) => queue.running.longestSince ?? [])
    const sum = (of: (queue: RqQueue) => number): number => all.reduce((total, queue) => total + of(queue), 0)
    return {
      title: this.title,
      names: [...this.#queues.keys()],
      queues: queues.flatMap(([name, { length, oldest }]) => {
        if (length.value === undefined) return []
        const since = length.value === 0 ? now : oldest.since
        return [
          {
            name,
            path: `${QUEUE_KEY}${name}`,
            length: length.value,
            oldestSeconds: since === undefined ? undefined : Math.max(0, (now - since) / 1_000),
          },
        ]
      }),
      running,
      longestSeconds: longestSeconds(running, starts, now),
      // Each is at least what happened: jobs without a result are in no registry, a worker that ended takes its count along.
      finished: Math.max(
        this.#workers.finished,
        sum(({ finished }) => finished.finished),
      ),
      failed: sum(({ failed }) => failed.added),
      ended: all.flatMap(({ finished }) => finished.ended),
      workers: this.#workers.count,
    }
  }
}
