import type { Labels } from '@headroom/shared/model/labels.ts'

export type KnownName = {
  metric: string
  unit: string
  labels: Labels
  /** The HTTP status that it counts. */
  status?: string
}

const known = (metric: string, unit: string, labels: Labels = {}): KnownName => ({ metric, unit, labels })

/** What gunicorn calls what it sends, behind the prefix that it was given. */
const NAMES: Readonly<Record<string, KnownName>> = {
  // It is sent only when it changes, so it holds until then.
  'gunicorn.workers': known('workers.total', 'count'),
  'gunicorn.requests': known('requests.per_minute', 'per_minute'),
  'gunicorn.request.duration': known('latency', 'seconds'),
}
const STATUS = /^gunicorn\.request\.status\.(\d{3})$/
const LOG = /^gunicorn\.log\.(critical|error|warning|exception)$/

/** A prefix that gunicorn was given and the source was not told of. */
const PREFIXED = /^(.{1,64})\.(gunicorn\..+)$/

/** What a name stands for, where that is known. */
export function knownName(name: string): KnownName | undefined {
  const [, service, bare] = PREFIXED.exec(name) ?? []
  const found = ofGunicorn(bare ?? name)
  // Several programs may send to one port: whose it is, is kept.
  return found === undefined || service === undefined ? found : { ...found, labels: { ...found.labels, service } }
}

function ofGunicorn(name: string): KnownName | undefined {
  if (Object.hasOwn(NAMES, name)) return NAMES[name]
  const status = STATUS.exec(name)?.[1]
  if (status !== undefined) return { ...known('responses.per_minute', 'per_minute', { status }), status }
  const level = LOG.exec(name)?.[1]
  return level === undefined ? undefined : known('gunicorn.log.per_minute', 'per_minute', { state: level })
}
