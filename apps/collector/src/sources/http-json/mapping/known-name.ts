import type { MetricName } from '@headroom/shared/metrics.ts'
import type { Label } from '@headroom/shared/model/labels.ts'

/** A name, or several of one kind, that documents use for a metric of the catalogue. */
export type KnownName = {
  metric: MetricName
  /**
   * What the number must be. `total` is a counter whose rate is the metric; `moment` a point in time that uptime counts
   * from; `share` a percentage that may stand without a unit.
   */
  as: 'count' | 'bytes' | 'seconds' | 'percent' | 'share' | 'per_minute' | 'total' | 'moment' | 'load'
  /** Names in words, synonyms included (`words.ts`), units left out; separated by spaces. */
  names: string
  /** Whose it must be: every entry must be among the words before the name, the nearest of them right before it. `a|b` is either. */
  under?: readonly string[]
  /** Owners that may stand before it without changing what it says. */
  also?: readonly string[]
  /** Without a unit in its name it counts only if at least this great: 512 is no number of bytes that a system has. */
  bareFrom?: number
  /** Without a unit in its name it counts only up to this: 1,470 is no number of seconds that an answer takes. */
  bareTo?: number
  /** It says the opposite, as a percentage: 94 % that went well are 6 % that did not. */
  complement?: true
  labels?: Readonly<Record<string, string>>
  /** Only for series that carry a status, or this one: then the metric says it, and needs no label for it. */
  labelled?: 'status' | '429'
  /** Not for series that carry this label. */
  notBy?: Label
  /** The running total is kept as well, under this name. */
  keeps?: MetricName
}
