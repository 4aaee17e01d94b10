import type { Sheet } from '../../measures/sheet.ts'
import type { Ended, FamilyReading } from './types.ts'

/** Jobs that ended longer ago say nothing of how long jobs take now. */
const RECENT_MS = 5 * 60_000

/** What the queues of a server come to: totals over all of them, and each queue by its name. */
export function queuePoints(sheet: Sheet, readings: readonly FamilyReading[], now: number): void {
  if (readings.length === 0) return
  const whose = readings.map(({ title }) => title).join(', ')
  const say = (what: string): string => `${whose}: ${what}`
  sheet.gauge(
    say('workers'),
    'workers.total',
    total(readings, ({ workers }) => workers?.total),
  )
  sheet.gauge(
    say('workers busy'),
    'workers.busy',
    total(readings, ({ workers }) => workers?.busy),
  )
  sheet.gauge(
    say('workers dead'),
    'workers.dead',
    total(readings, ({ workers }) => workers?.dead),
  )
  sheet.gauge(
    say('running'),
    'jobs.running',
    total(readings, ({ running }) => running),
  )
  sheet.gauge(
    say('held by workers'),
    'queue.reserved',
    total(readings, ({ reserved }) => reserved),
  )
  sheet.gauge(
    say('running longest'),
    'jobs.longest_seconds',
    greatest(readings, ({ longestSeconds }) => longestSeconds),
  )
  sheet.counter(
    say('finished'),
    'jobs.finished_per_minute',
    total(readings, ({ finished }) => finished),
  )
  sheet.counter(
    say('failed'),
    'jobs.failed_per_minute',
    total(readings, ({ failed }) => failed),
  )
  const recent = readings.flatMap(({ ended }) => ended).filter(({ at }) => now - at < RECENT_MS)
  sheet.gauge(say('time of the newest jobs'), 'jobs.duration_p50_seconds', median(recent))
  const taken = new Set<string>()
  for (const { title, queues } of readings) {
    for (const { name, path, length, oldestSeconds } of queues) {
      // Two kinds of queue may use one name.
      const queue = taken.has(name) ? `${title} ${name}` : name
      taken.add(queue)
      sheet.gauge(path, 'queue.length', length, { queue })
      sheet.gauge(`${path}, oldest`, 'queue.oldest_seconds', oldestSeconds, { queue })
    }
  }
}

/** Said where there is something, but nothing that is known as a queue: silence would look like a queue that is empty. */
export const NO_KNOWN_QUEUE =
  'no queue of RQ, Celery or BullMQ among its keys. Those of another system (Sidekiq, Resque, Bee-Queue, Dramatiq, ...) are counted by their keys: `queues: keys`, `names: ["queue:default"]`'

/** Which queues there are, in words, and whose are still looked for. */
export function queueLines(readings: readonly FamilyReading[], searching: readonly string[]): string[] {
  const still =
    searching.length === 0
      ? []
      : [`still looking among all keys for queues of ${searching.join(' and ')}; \`names\` finds them at once`]
  return [...namesOf(readings), ...still]
}

function namesOf(readings: readonly FamilyReading[]): string[] {
  return readings.flatMap(({ title, names, queues, problem }) => {
    const more = names.length > 10 ? `, and ${names.length - 10} more` : ''
    const left = names.length - queues.length
    const later =
      left > 0 && problem === undefined
        ? ` (${left} of them ${left === 1 ? 'has its' : 'have their'} turn in a later look)`
        : ''
    if (names.length > 0) return [`${title}: ${names.toSorted().slice(0, 10).join(', ')}${more}${later}`]
    // Where it may not look it knows nothing of queues.
    return problem === undefined ? [`${title}: no queue yet`] : []
  })
}

type Of = (reading: FamilyReading) => number | undefined

function total(readings: readonly FamilyReading[], of: Of): number | undefined {
  const values = readings.flatMap((reading) => of(reading) ?? [])
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}

function greatest(readings: readonly FamilyReading[], of: Of): number | undefined {
  const values = readings.flatMap((reading) => of(reading) ?? [])
  return values.length === 0 ? undefined : Math.max(...values)
}

function median(ended: readonly Ended[]): number | undefined {
  const seconds = ended.map((one) => Math.max(0, one.seconds)).toSorted((a, b) => a - b)
  const middle = seconds.length >> 1
  const [below, above] = [seconds[middle - 1], seconds[middle]]
  if (above === undefined) return undefined
  return seconds.length % 2 === 1 || below === undefined ? above : (below + above) / 2
}
