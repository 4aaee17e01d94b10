import type { MappingView } from '@headroom/shared/contracts.ts'
import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Point } from '@headroom/shared/model/reading.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { Secrets } from './config/secrets.ts'
import type { Arrival } from './pipeline/arrival.ts'

/** `secrets` are all of a configuration, `credentials` those that are a token by their place in it. */
type Known = { secrets: Secrets; credentials: Secrets }

/**
 * Takes out of a reading what the system says back of the tokens it was sent, before anybody keeps or sees it. Names
 * and labels lose only credentials: a word that merely came from the environment (a region, a stage) may be a label.
 */
export function scrub(arrival: Arrival, { secrets, credentials }: Known, world: Pick<World, 'idOf'>): Arrival {
  if (secrets.size === 0) return arrival
  const { system, source, reading, points } = arrival
  const { texts, error, happened } = reading
  const clean = (point: Point): Point => {
    // What is known was clean when it became so.
    if (
      credentials.size === 0 ||
      world.idOf({ system, source, metric: point.metric, labels: point.labels }) !== undefined
    )
      return point
    return { ...point, metric: credentials.redact(point.metric), labels: cleanLabels(point.labels, credentials) }
  }
  const cleanTexts = texts.map(({ path, lines }) => ({
    path: credentials.redact(path),
    lines: lines.map((line) => secrets.redact(line)),
  }))
  const cleanError = error === undefined ? {} : { error: { code: error.code, message: secrets.redact(error.message) } }
  const cleanHappened =
    happened === undefined ? {} : { happened: happened.map((one) => ({ ...one, text: secrets.redact(one.text) })) }
  return {
    ...arrival,
    points: points.map(clean),
    reading: { ...reading, texts: cleanTexts, ...cleanHappened, ...cleanError },
  }
}

/** The same for what is shown of where each value went. */
export function scrubMapping(view: MappingView, { credentials }: Known): MappingView {
  if (credentials.size === 0) return view
  const mapped = view.mapped.map((row) => ({
    ...row,
    path: credentials.redact(row.path),
    metric: credentials.redact(row.metric),
    labels: cleanLabels(row.labels, credentials),
  }))
  return { ...view, mapped }
}

function cleanLabels(labels: Labels, credentials: Secrets): Labels {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, credentials.redact(value)]))
}
