import {
  ErrorBody,
  Frames,
  MappingView,
  Range,
  RawRange,
  ROUTES,
  type Route,
  Status,
} from '@headroom/shared/contracts.ts'
import { Alert } from '@headroom/shared/model/alert.ts'
import { FlagView } from '@headroom/shared/model/flag.ts'
import { NewNote, Note, NotePatch } from '@headroom/shared/model/note.ts'
import { SeriesView } from '@headroom/shared/model/series.ts'
import { SystemView } from '@headroom/shared/model/system.ts'
import { z } from 'zod'
import { API } from './api.ts'

type Json = Record<string, unknown>

/** The schemas that have a name in the document; what they are part of refers to them. */
const NAMED = {
  Alert,
  ErrorBody,
  FlagView,
  Frames,
  MappingView,
  NewNote,
  Note,
  NotePatch,
  Range,
  RawRange,
  SeriesView,
  Status,
  SystemView,
}

/** The HTTP interface as an OpenAPI 3.1 document, made from the same routes that are served. */
export function openApiDocument(version: string): Json {
  const schemas = createSchemas()
  const paths: Record<string, Json> = {}
  for (const route of Object.values<Route>(ROUTES)) {
    const path = `${API}${route.path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, schemas.of) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Headroom',
      version,
      description:
        'Watches a live system on the day it matters and says how much room is left. Times are epoch milliseconds.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{}, { bearer: [] }],
    paths: { ...paths, ...otherPaths() },
    components: {
      schemas: schemas.all(),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token. On loopback without an access section none is needed.',
        },
      },
      responses: {
        Error: {
          description: 'What is wrong with the request and what to do.',
          content: json({ $ref: '#/components/schemas/ErrorBody' }),
        },
      },
    },
  }
}

/** Turns zod schemas into JSON Schema, collecting the named ones on the way. */
function createSchemas(): { of: (schema: z.ZodType) => Json; all: () => Json } {
  const names = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id })
  const found: Json = {}
  const of = (schema: z.ZodType): Json => {
    // As input: then objects stay open, for fields may be added to answers freely.
    const {
      $schema: _,
      $defs,
      ...made
    } = z.toJSONSchema(schema, { metadata: names, io: 'input', unrepresentable: 'any' })
    for (const [id, definition] of Object.entries($defs ?? {})) found[id] = moved({ ...definition, id: undefined })
    return moved(made)
  }
  of(ErrorBody)
  return { of, all: () => found }
}

/** References point into the document's components rather than into each schema. */
function moved(schema: Json): Json {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
}

function operation(route: Route, of: (schema: z.ZodType) => Json): Json {
  const status = route.creates === true ? '201' : '200'
  const link = { Link: { description: 'The next page, as rel="next".', schema: { type: 'string' } } }
  return {
    operationId: Object.entries<Route>(ROUTES).find(([, other]) => other === route)?.[0],
    summary: route.summary,
    description: `Needs the role ${route.role}.`,
    parameters: [...parameters('path', route.params, of), ...parameters('query', route.query, of)],
    ...(route.body === undefined ? {} : { requestBody: { required: true, content: json(of(route.body)) } }),
    responses: {
      [status]: {
        description: 'Done.',
        content: json(of(route.response)),
        ...(route.paged === true ? { headers: link } : {}),
      },
      ...Object.fromEntries(errorsOf(route).map((error) => [error, { $ref: '#/components/responses/Error' }])),
    },
  }
}

function errorsOf({ body, refuses = [] }: Route): string[] {
  const withBody = body === undefined ? [] : ['413', '415']
  return ['400', '401', '403', '404', '421', ...withBody, ...refuses.map(String), '500']
}

const ObjectSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
})

function parameters(where: 'path' | 'query', schema: z.ZodType | undefined, of: (schema: z.ZodType) => Json): Json[] {
  if (schema === undefined) return []
  const { properties, required } = ObjectSchema.parse(of(schema))
  return Object.entries(properties).map(([name, made]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: made,
  }))
}

function json(schema: Json): Json {
  return { 'application/json': { schema } }
}

/** What is served outside the routes of the contract. */
function otherPaths(): Json {
  const text = (type: string) => ({ [type]: { schema: { type: 'string' } } })
  const error = { $ref: '#/components/responses/Error' }
  const open = { security: [{}] }
  const get = (operationId: string, summary: string, responses: Json, more: Json = {}) => ({
    get: { operationId, summary, responses, ...more },
  })
  const readiness = {
    type: 'object',
    required: ['ready', 'reasons'],
    properties: { ready: { type: 'boolean' }, reasons: { type: 'array', items: { type: 'string' } } },
  }
  return {
    [`${API}/live`]: get('live', 'The live socket, a WebSocket with the subprotocol headroom.v1.', {
      '101': { description: 'The socket is open; hello follows.' },
      '401': error,
      '403': error,
      '421': error,
      '426': error,
    }),
    '/healthz': get(
      'healthz',
      'The collector is alive.',
      { '200': { description: 'It is.', content: json({ type: 'object' }) } },
      open,
    ),
    '/readyz': get(
      'readyz',
      'Store open, configuration good, scraping.',
      {
        '200': { description: 'Ready.', content: json(readiness) },
        '503': { description: 'Not ready, and why.', content: json(readiness) },
      },
      open,
    ),
    '/metrics': get('metrics', 'The newest value of every series and the collector’s own, as Prometheus text.', {
      '200': { description: 'Text exposition format 0.0.4.', content: text('text/plain') },
      '401': error,
      '403': error,
    }),
  }
}
