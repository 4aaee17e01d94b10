import type { Service } from '@aws-sdk/client-ecs'
import type { Happening } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { EcsCalls } from '../calls/ecs-calls.ts'
import type { Sheet } from '../sheet.ts'
import type { Named } from '../targets.ts'
import { deploymentNotes, enterService, eventNotes } from './ecs-service.ts'
import type { Stop } from './stopped-task.ts'
import { TaskBook } from './task-book.ts'

/** As many as one call takes. */
const SERVICES_A_CALL = 10
/** At the first look notes begin so far back. */
const LOOK_BACK_MS = 60 * 60_000
/** A kill before Headroom began counts if it was so short a time ago: it may have been starting anew itself. */
const KILLS_BACK_MS = 5 * 60_000

/** What ECS itself says of services: how many tasks, deployments, events, and how tasks ended. */
export class EcsLook {
  readonly #calls: EcsCalls
  readonly #cluster: string
  readonly #region: string
  readonly #services: readonly Named[]
  readonly #openedAt: number
  readonly #books: ReadonlyMap<string, TaskBook>
  readonly #kills = new Map<string, number>()
  /** The notes of each service as they were told: one that somebody has deleted is not told again. */
  readonly #told = new Map<string, readonly string[]>()

  constructor(calls: EcsCalls, cluster: string, services: readonly Named[], at: { region: string; openedAt: number }) {
    this.#calls = calls
    this.#cluster = cluster
    this.#services = services
    this.#region = at.region
    this.#openedAt = at.openedAt
    this.#books = new Map(services.map(({ name }) => [name, new TaskBook(calls, cluster, name)]))
  }

  async look(sheet: Sheet, happened: Happening[], now: number, signal: AbortSignal): Promise<SourceProblem[]> {
    const problems: SourceProblem[] = []
    for (let first = 0; first < this.#services.length; first += SERVICES_A_CALL) {
      const asked = this.#services.slice(first, first + SERVICES_A_CALL)
      const names = asked.map(({ name }) => name)
      const { services = [] } = await this.#calls.describeServices({ cluster: this.#cluster, services: names }, signal)
      for (const named of asked) {
        const service = services.find(({ serviceName, status }) => serviceName === named.name && status !== 'INACTIVE')
        if (service === undefined) problems.push(this.#noSuch(named.name))
        else await this.#enter(sheet, happened, named, service, now, signal)
      }
    }
    return problems
  }

  async #enter(
    sheet: Sheet,
    happened: Happening[],
    { name, labels }: Named,
    service: Service,
    now: number,
    signal: AbortSignal,
  ): Promise<void> {
    const place = `service ${this.#cluster}/${name}`
    const since = this.#openedAt - LOOK_BACK_MS
    enterService(sheet, place, labels, service)
    happened.push(...this.#news(name, [...deploymentNotes(service, since), ...eventNotes(service, since)]))
    const book = this.#books.get(name)
    if (book === undefined) return
    const stops = await book.newStops(signal)
    for (const { id, at, text } of stops)
      happened.push({ kind: 'note', id: `task/${id}`, at, text: `${name}: ${text}`, as: 'restart' })
    this.#count(sheet, place, { name, labels }, stops)
    // Of one task it can be said how long it has run; of several, one that begins anew is no restart of the service.
    if (service.desiredCount !== 1) return
    const startedAt = await book.startOfOnly(signal)
    const seconds = startedAt === undefined ? undefined : Math.max(0, (now - startedAt) / 1_000)
    sheet.gauge(`${place}: startedAt`, 'uptime.seconds', seconds, labels)
  }

  #count(sheet: Sheet, place: string, { name, labels }: Named, stops: readonly Stop[]): void {
    const killed = stops.filter((stop) => stop.killed && stop.at >= this.#openedAt - KILLS_BACK_MS)
    const before = this.#kills.get(name)
    // Without a count before it the first one is nothing that happened.
    if (before === undefined && killed.length > 0)
      sheet.past('kills.total', 0, labels, Math.min(...killed.map(({ at }) => at)) - 1_000)
    const kills = (before ?? 0) + killed.length
    this.#kills.set(name, kills)
    sheet.gauge(`${place}: stopped tasks`, 'kills.total', kills, labels)
  }

  #news(service: string, notes: readonly Happening[]): Happening[] {
    const before = this.#told.get(service) ?? []
    const now = notes.map((note) => JSON.stringify(note))
    this.#told.set(service, now)
    return notes.filter((_, index) => !before.includes(now[index] ?? ''))
  }

  #noSuch(name: string): SourceProblem {
    return {
      code: 'unknown_service',
      message: `cluster ${this.#cluster} in ${this.#region} has no service ${name}, or it was deleted; check \`service\`, \`cluster\` and \`region\``,
    }
  }
}
