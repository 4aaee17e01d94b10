/** What AWS asks for 1,000 metrics of GetMetricData in most regions, in US dollars; every query counts, whatever it gives. */
const DOLLARS_A_METRIC = 0.01 / 1_000
const DAY_MS = 86_400_000

/** What CloudWatch costs a day when so many metrics are asked for once in an interval, in US dollars. */
export function dollarsADay(metrics: number, intervalMs: number): number {
  return (metrics * DOLLARS_A_METRIC * DAY_MS) / intervalMs
}
