import { z } from 'zod'

const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])
/** A number may come as text; what is none makes no point. */
const Value = z.union([z.number(), z.string().trim().min(1).transform(Number)]).catch(Number.NaN)
const Series = z.object({
  labels: list(z.object({ field: z.string(), value: z.coerce.string() })),
  unit: z.string().catch('').default(''),
  values: list(z.object({ timestamp: z.string().catch(''), value: Value })),
})
const Answer = z.array(Series)

/** One line of an answer: labels, and values in the unit's base (bytes, seconds, else as given), in order of time. */
export type RenderSeries = { labels: ReadonlyMap<string, string>; points: readonly { at: number; value: number }[] }

/** Render's units; its MB and GB are decimal. What is not here is a number of something. */
const FACTORS: Readonly<Record<string, number>> = {
  b: 1,
  bytes: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  us: 1e-6,
  ms: 1e-3,
  milliseconds: 1e-3,
  s: 1,
  seconds: 1,
  mcpu: 1e-3,
}

/** Reads what `/metrics/...` answered; undefined where it is not of that form. Points without a time or number are passed over. */
export function readMetrics(json: unknown): RenderSeries[] | undefined {
  const parsed = Answer.safeParse(json)
  if (!parsed.success) return undefined
  return parsed.data.map(({ labels, unit, values }) => {
    const factor = FACTORS[unit.trim().toLowerCase()] ?? 1
    const points = values.flatMap(({ timestamp, value }) => {
      const at = Date.parse(timestamp)
      return Number.isNaN(at) || !Number.isFinite(value) ? [] : [{ at, value: value * factor }]
    })
    return {
      labels: new Map(labels.map(({ field, value }) => [field, value])),
      points: points.toSorted((a, b) => a.at - b.at),
    }
  })
}

/** Whose a line is, of those that were asked for: it says so, its instance does, or only one was asked for. */
export function ownerOf({ labels }: RenderSeries, asked: readonly string[]): string | undefined {
  for (const field of ['resource', 'service', 'serviceId', 'id']) {
    const said = labels.get(field)
    if (said !== undefined && asked.includes(said)) return said
  }
  const instance = labels.get('instance')
  const byInstance =
    instance === undefined ? undefined : asked.find((id) => instance === id || instance.startsWith(`${id}-`))
  return byInstance ?? (asked.length === 1 ? asked[0] : undefined)
}
