import { ROUTES, type Role, type Route, type RouteName } from '@headroom/shared/contracts.ts'
import type { Event } from '@headroom/shared/model/event.ts'
import type { NewSystem, SystemWritten, Trial } from '@headroom/shared/model/trial.ts'
import { z } from 'zod'
import type { FixtureLive } from './fixture-live.ts'
import type { FixtureWorld } from './fixture-world.ts'
import { KINDS } from './made/kinds.ts'
import { PRESETS } from './made/presets.ts'
import { added, linesOf } from './made/added.ts'
import type { Refusal } from './stories/story.ts'

type Output<R, Part extends string> =
  R extends Record<Part, infer Schema extends z.ZodType> ? z.output<Schema> : undefined
type Input<R> = { params: Output<R, 'params'>; query: Output<R, 'query'>; body: Output<R, 'body'> }
type Answers = {
  [Name in RouteName]: (
    input: Input<(typeof ROUTES)[Name]>,
  ) => z.input<(typeof ROUTES)[Name]['response']> | Promise<z.input<(typeof ROUTES)[Name]['response']>>
}

/** What came of a call: the body of an answer, or a refusal. */
export type Reply = { status: number; body: unknown } | { html: string } | 'never'

const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 }

/** The HTTP interface of a story: the routes of the contract, answered from its world, refused as the collector does. */
export class FixtureApi {
  readonly #world: FixtureWorld
  readonly #answers: Answers

  /** @param page the entry script of the page that is served */
  constructor(world: FixtureWorld, live: FixtureLive, page: () => string | null) {
    this.#world = world
    this.#answers = { ...readings(world, live, page), ...writings(world, live) }
  }

  async call(method: string, path: string, query: URLSearchParams, sent: unknown): Promise<Reply> {
    const found = find(method, path)
    if (found === undefined)
      return refuse({ status: 404, code: 'unknown_path', message: `There is nothing at ${path}.` })
    const { name, params } = found
    const route: Route = ROUTES[name]
    const refusal = this.#refusal(name, route, query)
    if (refusal !== undefined) return refuse(refusal)
    const parts = { params, query: Object.fromEntries(query), body: sent }
    const read: Record<string, unknown> = {}
    for (const part of ['params', 'query', 'body'] as const) {
      const parsed = route[part]?.safeParse(parts[part])
      if (parsed?.success === false)
        return refuse({ status: 400, code: `invalid_${part}`, message: z.prettifyError(parsed.error) })
      read[part] = parsed?.data
    }
    // Each part came out of the very schema that its type is derived from.
    const answer = this.#answers[name] as (input: Record<string, unknown>) => unknown
    const body = await answer(read)
    if (body === undefined)
      return refuse({ status: 404, code: 'unknown', message: `There is no such thing at ${path}.` })
    // The fixture is held to the contract, so that no screen is developed against answers that no collector gives.
    return { status: 200, body: route.response.parse(body) }
  }

  #refusal(name: RouteName, route: Route, query: URLSearchParams): Refusal | undefined {
    const { role = 'admin', refuses } = this.#world.plan
    if (this.#world.accessEnded)
      return { status: 401, code: 'unauthorized', message: 'The token has expired. Ask an admin for a new one.' }
    if (RANK[role] < RANK[route.role])
      return {
        status: 403,
        code: 'forbidden',
        message: `This needs the role ${route.role}; Ada is ${role}. Ask an admin for a token of that role.`,
      }
    return refuses?.(name, query)
  }
}

function refuse(refusal: Refusal): Reply {
  if (refusal === 'never' || 'html' in refusal) return refusal
  const { status, ...error } = refusal
  return { status, body: { error } }
}

/** The route that a path belongs to, and what stands in its places. */
function find(method: string, path: string): { name: RouteName; params: Record<string, string> } | undefined {
  const steps = path.split('/')
  for (const [name, route] of Object.entries(ROUTES)) {
    const wanted = route.path.split('/')
    if (route.method !== method || wanted.length !== steps.length) continue
    if (!wanted.every((step, index) => step.startsWith(':') || step === steps[index])) continue
    const params = wanted.flatMap((step, index) =>
      step.startsWith(':') ? [[step.slice(1), decodeURIComponent(steps[index] ?? '')]] : [],
    )
    return { name: name as RouteName, params: Object.fromEntries(params) as Record<string, string> }
  }
  return undefined
}

type Writing = 'addNote' | 'changeNote' | 'removeNote' | 'try' | 'addSystem'

function readings(world: FixtureWorld, live: FixtureLive, page: () => string | null): Omit<Answers, Writing> {
  return {
    status: () => world.status(live.viewers, page()),
    systems: () => world.systems(),
    series: ({ query }) => world.series(query),
    flags: ({ query }) => world.flags(query),
    alerts: ({ query: { state, limit, ...of } }) => world.alerts({ state, ...given(of) }).slice(0, limit),
    notes: ({ query: { limit, ...of } }) => world.notes(given(of)).slice(0, limit),
    definitions: () => world.definitions(),
    mapping: ({ query }) => world.mapping(query),
    answers: ({ query }) => world.answers(query),
    planned: () => world.planned(),
    asked: ({ query }) => world.asked(query),
    frames: ({ query: { stream, after, wait } }) => live.frames(stream, after, wait),
    events: ({ query }) => eventsOf(world, query),
    range: ({ query }) => {
      const to = query.to ?? world.now()
      const from = query.from ?? to - 900_000
      const ids = query.series === undefined ? world.numbersOf(query) : query.series.split(',').map(Number)
      if (query.points !== 'raw') return world.range(ids, from, to, query.points)
      return { from, to, series: world.raw(ids, from, to) }
    },
    configSchema: () => ({ type: 'object' }),
    sourceKinds: () => KINDS,
    presets: () => PRESETS,
    openapi: () => ({ openapi: '3.1.0' }),
  }
}

function writings(world: FixtureWorld, live: FixtureLive): Pick<Answers, Writing> {
  let notes = 0
  return {
    addNote: ({ body }) => {
      notes += 1
      const note = world.putNote({ id: `note-${notes}`, by: 'Ada', ...given(body), at: body.at ?? world.now() })
      live.publish({ kind: 'note', note })
      return note
    },
    changeNote: ({ params, body: { until, ...patch } }) => {
      const before = world.takeNote(params.id)
      if (before === undefined) throw new Error(`There is no note ${params.id}.`)
      const { until: ended, ...rest } = before
      const end = until === undefined ? ended : (until ?? undefined)
      const note = world.putNote({ ...rest, ...given(patch), ...(end === undefined ? {} : { until: end }) })
      live.publish({ kind: 'note', note })
      return note
    },
    removeNote: ({ params }) => {
      const note = world.takeNote(params.id)
      if (note === undefined) throw new Error(`There is no note ${params.id}.`)
      live.publish({ kind: 'note', note, deleted: true })
      return note
    },
    try: ({ body }): Trial => {
      const { trial, sourceTrial } = world.plan
      if ('url' in body && trial !== undefined) return trial(body.url)
      if ('source' in body && sourceTrial !== undefined) return sourceTrial(body)
      throw new Error('This story says nothing of what trying finds.')
    },
    addSystem: ({ body }): SystemWritten => written(world, live, body),
  }
}

function written(world: FixtureWorld, live: FixtureLive, wanted: NewSystem): SystemWritten {
  const { file } = world.status(1, null).config
  const { lines, secrets } = world.plan.trial?.(wanted.url ?? '') ?? { lines: linesOf(wanted), secrets: [] }
  const path = file ?? '/srv/headroom/headroom.yaml'
  if (file !== null) return { path, written: false, lines, secrets }
  world.add(added(wanted, world.start))
  live.publish({ kind: 'systems', systems: world.systems() })
  live.publish({ kind: 'series', series: world.series({ system: wanted.id }) })
  return { path, written: true, lines, secrets }
}

type EventsAsked = z.output<typeof ROUTES.events.query>

/** The transitions that are known of a made-up world: those of its alerts, its notes and its logs. Before a time the newest. */
function eventsOf(world: FixtureWorld, { system, kind, pattern, ...asked }: EventsAsked): Event[] {
  const { after = 0, from = 0, to = Infinity, before, limit } = asked
  const found = everyEvent(world, system).filter(
    (event) =>
      event.seq > after &&
      event.at >= from &&
      event.at <= to &&
      event.at < (before ?? Infinity) &&
      (kind ?? event.kind) === event.kind &&
      (pattern === undefined || (event.kind === 'log' && event.pattern === pattern)),
  )
  return before === undefined ? found.slice(0, limit) : found.slice(-limit)
}

function everyEvent(world: FixtureWorld, system: string | undefined): Event[] {
  const alerts = world
    .alerts({ state: 'all', ...given({ system }) })
    .map((alert) => ({ kind: 'alert' as const, at: alert.resolvedAt ?? alert.since, alert }))
  const notes = world.notes(given({ system })).map((note) => ({ kind: 'note' as const, at: note.at, note }))
  const lines = world.lines(given({ system })).map(({ text, good, ...line }) => {
    const level = good ? ('info' as const) : ('warning' as const)
    return { kind: 'log' as const, level, text: `${line.pattern}: ${text}`, ...line }
  })
  return [...alerts, ...notes, ...lines]
    .toSorted((a, b) => a.at - b.at)
    .map((event, index) => ({ ...event, seq: index + 1 }))
}

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** An object without its undefined members. */
function given<T extends object>(object: T): Given<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Given<T>
}
