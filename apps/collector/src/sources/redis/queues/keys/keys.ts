import { Turns } from '../../probes/plan.ts'
import { noticing } from '../noticing.ts'
import type { FamilyOptions, FamilyReading, Look, QueueFamily } from '../types.ts'
import { SizeProbe } from './size-probe.ts'

const SHARES = { size: 20 }

/**
 * Queues of a system that Headroom does not know, by the keys that hold what waits: Sidekiq, Resque, Bee-Queue, Dramatiq,
 * arq, Huey, a stream. How many entries they have is all that can be said without knowing what the entries mean.
 */
export function createKeys({ names }: FamilyOptions): QueueFamily {
  const sizes = new Map(names.map((name) => [name, new SizeProbe(name)]))
  const turns = new Turns()
  return {
    title: 'Keys',
    searching: false,
    reconnected() {
      // Nothing that is remembered hangs on a connection.
    },
    async look({ ask, now, budget }: Look): Promise<FamilyReading> {
      const asked = noticing(ask)
      await turns.ask([...sizes.values()], SHARES, budget, asked.ask, now)
      const queues = [...sizes].flatMap(([name, { value }]) =>
        value === undefined ? [] : [{ name, path: name, length: value, oldestSeconds: undefined }],
      )
      return { title: 'Keys', names, queues, ended: [], problem: asked.problem ?? uncountableIn(sizes) }
    },
  }
}

function uncountableIn(sizes: ReadonlyMap<string, SizeProbe>): FamilyReading['problem'] {
  for (const [name, { uncountable }] of sizes) {
    if (uncountable === undefined) continue
    const message = `${name} is a ${uncountable}, which has no entries to count; name a list, set, sorted set, hash or stream in \`names\``
    return { code: 'no_queue', message }
  }
  return undefined
}
