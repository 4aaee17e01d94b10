import type { Point } from '@headroom/shared/model/reading.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { LiveConfig } from './live-config.ts'
import type { Arrival } from './pipeline/arrival.ts'

/**
 * Takes out of a reading what the system says back of the tokens it was sent, before anybody keeps or sees it. Names
 * and labels lose only what is a token by its place in the configuration: a word that merely came from the environment
 * (a region, a stage) may be a label.
 */
export function scrub(arrival: Arrival, config: LiveConfig, world: Pick<World, 'idOf'>): Arrival {
  const { secrets, credentials } = config.current
  const { system, source, reading } = arrival
  const { texts, error, mapped } = reading
  const clean = (point: Point): Point => {
    // A series that is known was clean when it became so.
    if (credentials.size === 0 || world.idOf({ system, source, metric: point.metric, labels: point.labels }) !== undefined) return point
    const labels = Object.entries(point.labels).map(([name, label]) => [name, credentials.redact(label)] as const)
    return { ...point, metric: credentials.redact(point.metric), labels: Object.fromEntries(labels) }
  }
  return {
    ...arrival,
    points: arrival.points.map(clean),
    reading: {
      ...reading,
      texts: texts.map(({ path, lines }) => ({ path: credentials.redact(path), lines: lines.map((line) => secrets.redact(line)) })),
      mapped: credentials.size === 0 ? mapped : mapped.map((row) => ({ ...row, ...redactedRow(row, credentials.redact.bind(credentials)) })),
      ...(error === undefined ? {} : { error: { code: error.code, message: secrets.redact(error.message) } }),
    },
  }
}

function redactedRow({ path, metric, value, labels }: Arrival['reading']['mapped'][number], redact: (text: string) => string): Partial<Arrival['reading']['mapped'][number]> {
  return {
    path: redact(path),
    metric: redact(metric),
    value: typeof value === 'string' ? redact(value) : value,
    labels: Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, redact(label)])),
  }
}
