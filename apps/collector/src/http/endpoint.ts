import type { Route } from '@headroom/shared/contracts.ts'
import { z } from 'zod'
import { ApiError, invalid } from './errors.ts'
import type { Identity } from './types.ts'

type Output<R, Part extends string> =
  R extends Record<Part, infer Schema extends z.ZodType> ? z.output<Schema> : undefined

/** A request as its route's schemas read it. */
export type Input<R extends Route> = {
  params: Output<R, 'params'>
  query: Output<R, 'query'>
  body: Output<R, 'body'>
} & Caller

/** Who asks, allowed what the route needs already; the signal says that nobody waits for the answer any more. */
export type Caller = { identity: Identity; signal: AbortSignal }

/** What a route answers. `next` are the query parameters of the next page. */
export type Answer<Body> = { body: Body | Serialised; status?: number; next?: Record<string, string | number> }

/** A body that is JSON already, where parsing it only to write it again would cost. */
export class Serialised {
  readonly json: Buffer

  constructor(json: Buffer) {
    this.json = json
  }
}

/** A route and what serves it, the types of one checked against the other. */
export type Endpoint = {
  readonly route: Route
  /** Refuses pages of other origins also where the method only reads. */
  readonly ownPagesOnly: boolean
  /** Reads the parts of a request, in the order in which their errors are told. */
  read(parts: { params: unknown; query: unknown; body: unknown }): Read
}
export type Read = {
  /** The system the request is about, where it names one: the identity must be allowed it. */
  readonly system: string | undefined
  run(caller: Caller): Promise<Answer<unknown>>
}

/** Joins a route of the contract with its handler. */
export function endpoint<R extends Route>(
  route: R,
  run: (input: Input<R>) => Promise<Answer<z.input<R['response']>>>,
  { ownPagesOnly = false }: { ownPagesOnly?: boolean } = {},
): Endpoint {
  return {
    route,
    ownPagesOnly,
    read(parts) {
      const read = {
        params: parse(route, 'params', parts.params),
        query: parse(route, 'query', parts.query),
        body: parse(route, 'body', parts.body),
      }
      refuseRecording(read.query)
      return {
        system: systemOf(read.query) ?? systemOf(read.body),
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each part came out of the very schema that `Input` is derived from
        run: (caller) => run({ ...(read as Omit<Input<R>, keyof Caller>), ...caller }),
      }
    },
  }
}

function parse(route: Route, part: 'params' | 'query' | 'body', said: unknown): unknown {
  const schema = route[part]
  if (schema === undefined) return undefined
  const parsed = schema.safeParse(said)
  if (!parsed.success) throw invalid(part, parsed.error)
  return parsed.data
}

const OfSystem = z.object({ system: z.string() })

function systemOf(part: unknown): string | undefined {
  const parsed = OfSystem.safeParse(part)
  return parsed.success ? parsed.data.system : undefined
}

const OfRecording = z.object({ recording: z.string() })

/** A recording is a world of its own: asking one that is not there must not answer with this one's values. */
function refuseRecording(query: unknown): void {
  const parsed = OfRecording.safeParse(query)
  if (parsed.success)
    throw new ApiError(
      404,
      'unknown_recording',
      `There is no recording ${JSON.stringify(parsed.data.recording)}. Leave recording= out to ask the live system.`,
      'recording',
    )
}

/** An object without its undefined members, as ports with optional members want it. */
export type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

export function given<T extends object>(object: T): Given<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- which members are left out is beyond what fromEntries can say
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Given<T>
}
