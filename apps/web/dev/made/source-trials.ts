import { METRICS } from '@headroom/shared/metrics.ts'
import type { Mapped, Trial, TrialRequest, TriedSource } from '@headroom/shared/model/trial.ts'

type Given = Exclude<TrialRequest, { url: string }>

const FILE: Trial['file'] = { path: '/srv/headroom/headroom.yaml', exists: true, writable: false }
export const NO_FILE: Trial['file'] = { path: '/srv/headroom/headroom.yaml', exists: false, writable: true }

const value = (path: string, metric: keyof typeof METRICS, given: number, labels = {}): Mapped => ({
  path,
  metric,
  unit: METRICS[metric].unit,
  value: given,
  labels,
  how: 'known',
})

const gave = ({ source }: Given, place: string, mapped: Mapped[]): TriedSource => ({
  type: source.type,
  place,
  tookSeconds: 0.012,
  mapped,
  leftOut: 0,
})

/** The lines as a collector writes them: under the sources of a system, or with the system around them. */
function linesOf({ source, system = 'my-system', name, preset }: Given, secrets: readonly string[]): string {
  const { type, ...options } = source
  const shown = Object.entries(options).map(([key, given]) => {
    const hidden = /password|token|apiKey/.test(key) ? `"\${${secrets[0]}}"` : JSON.stringify(given)
    return `        ${key}: ${hidden}`
  })
  const lines = [`      - type: ${type}`, ...shown]
  if (name === undefined) return `${lines.join('\n')}\n`
  const head = [
    `  - id: ${system}`,
    `    name: ${JSON.stringify(name)}`,
    ...(preset === undefined ? [] : [`    preset: ${preset}`]),
  ]
  return `${['systems:', ...head, '    sources:', ...lines].join('\n')}\n`
}

const answer = (request: Given, tried: TriedSource[], secrets: string[] = [], file = FILE): Trial => ({
  ok: tried.some(({ mapped }) => mapped.length > 0),
  tried: request.ask === false ? [] : tried,
  suggestion: { id: request.system ?? 'my-system', name: request.name ?? 'my-system' },
  lines: linesOf(request, secrets),
  secrets,
  file,
})

/** A Redis with a queue in it. */
export function foundQueue(request: Given): Trial {
  const secret = 'password' in request.source ? ['CAPTIONS_REDIS_PASSWORD'] : []
  return answer(
    request,
    [
      gave(request, 'redis://127.0.0.1:6379/0', [
        value('llen rq:queue:default', 'queue.length', 61, { queue: 'default' }),
        value('oldest of rq:queue:default', 'queue.oldest_seconds', 184, { queue: 'default' }),
        value('scard rq:workers', 'workers.total', 4),
        value('connected_clients', 'redis.clients', 27),
        value('used_memory', 'redis.memory_bytes', 41_943_040),
      ]),
    ],
    secret,
  )
}

/** The same where there is no file yet, so that it can be written. */
export function foundQueueToWrite(request: Given): Trial {
  return { ...foundQueue(request), file: NO_FILE }
}

export function refusedPassword(request: Given): Trial {
  const { source } = request
  const error = {
    code: 'wrong_password',
    message:
      'Redis refused the password: give the right one as `password`, and the user as `username` where it has one.',
  }
  return {
    ok: false,
    tried: [
      { type: source.type, place: 'redis://127.0.0.1:6379/0', tookSeconds: 0.008, error, mapped: [], leftOut: 0 },
    ],
    lines: '',
    secrets: [],
    file: FILE,
  }
}

/** Something that is sent to gives nothing when it is asked. */
export function nothingSentYet(request: Given): Trial {
  return answer(request, [gave(request, 'POST /v1/metrics', [])], ['CAPTIONS_OTLP_TOKEN'])
}

/** Lines that nobody tried. */
export function onlyLines(request: Given): Trial {
  return answer(request, [], ['CAPTIONS_RENDER_API_KEY'])
}
