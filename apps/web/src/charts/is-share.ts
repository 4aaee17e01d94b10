import type { ChartInput } from './chart-model.ts'

/** One series that is a share of something: only then does the area under it mean anything. */
export function isShare({ series, unit, limit }: ChartInput): boolean {
  return series.length === 1 && series[0]?.spread === false && (unit === 'percent' || limit !== undefined)
}
