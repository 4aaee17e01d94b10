import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { SORT_TRIAL } from '../probes/lookup.ts'
import type { Abilities } from '../session.ts'
import type { RedisOptions } from '../schema.ts'
import { isErrorReply } from '../wire/resp.ts'
import { createBullmq } from './bullmq/bullmq.ts'
import { createCelery } from './celery/celery.ts'
import { createKeys } from './keys/keys.ts'
import { createRq } from './rq/rq.ts'
import type { FamilyOptions, FamilyReading, Look, QueueFamily } from './types.ts'

export type QueueWatch = {
  look(look: Look): Promise<FamilyReading[]>
  /** Kinds of queues whose search among all keys is not over. */
  searching(): string[]
  reconnected(): void
}

type Kind = RedisOptions['queues']

const FAMILIES: Readonly<Record<Kind, readonly ((options: FamilyOptions) => QueueFamily)[]>> = {
  auto: [createRq, createCelery, createBullmq],
  rq: [createRq],
  celery: [createCelery],
  bullmq: [createBullmq],
  keys: [createKeys],
  none: [],
}
/** What a family needs to notice that it is here after all. */
const SEARCH = 1

/** The job queues of one server: those of the kind that is named, or all that are found. */
export function createQueueWatch(
  { queues, names, prefix }: Pick<RedisOptions, 'queues' | 'names' | 'prefix'>,
  abilities: () => Abilities,
): QueueWatch {
  const wanted = queues !== 'auto'
  const families = FAMILIES[queues].map((create) =>
    create({ wanted, names: wanted ? names : [], prefix: wanted ? prefix : undefined, abilities }),
  )
  const present = new Set<QueueFamily>()

  return {
    async look(look) {
      const readings: FamilyReading[] = []
      let left = look.budget
      // RQ finds out with its first question.
      if (queues === 'bullmq' && abilities().sort === undefined) {
        const [reply] = await counted([SORT_TRIAL])
        abilities().sort = !isErrorReply(reply)
      }
      for (const [index, family] of families.entries()) {
        const later = families.slice(index + 1)
        const others = later.filter((other) => present.has(other)).length
        const spare = left - SEARCH * (later.length - others)
        const budget = Math.max(SEARCH, Math.floor(spare / (1 + others)))
        const reading = await family.look({ ...look, budget: Math.min(left, budget), ask: counted })
        // Nobody asked for them, and if there are any, they lie on another node.
        if (!wanted && reading?.problem?.code === 'cluster') continue
        if (reading !== undefined) readings.push(reading)
        if (reading !== undefined && reading.problem === undefined) present.add(family)
      }
      return readings

      function counted(commands: Parameters<Look['ask']>[0]): ReturnType<Look['ask']> {
        left -= commands.length
        return look.ask(commands)
      }
    },
    searching: () => families.filter(({ searching }) => searching).map(({ title }) => title),
    reconnected() {
      for (const family of families) family.reconnected()
    },
  }
}

/** The first thing a family could not be asked. */
export function problemIn(readings: readonly FamilyReading[]): SourceProblem | undefined {
  return readings.find(({ problem }) => problem !== undefined)?.problem
}
