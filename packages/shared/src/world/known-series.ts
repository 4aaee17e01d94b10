import { catalogued } from '../metrics.ts'
import type { Labels } from '../model/labels.ts'
import { type SeriesIdentity, seriesKey } from '../model/series.ts'
import type { SourceDefinition, SystemDefinition } from '../model/system.ts'
import type { RuleSeries } from '../rules/types.ts'
import { staleAfterMs } from '../staleness.ts'

/** A series and its newest value; also what the rule engine sees of it. */
export type SeriesRecord = RuleSeries & {
  labels: Labels
  at: number | null
  value: number | null
  /** It has fallen silent: no value for three of its source's intervals, or its source is no longer configured. */
  stale: boolean
}

/** A series silent for this long no longer decides which source is primary; that is looked at again so often. */
const ACTIVE_MS = 24 * 3_600_000
const RANK_EVERY_MS = 3_600_000

/** The series that are known, with their newest values: by number, by identity, and by the metric of a system. */
export class KnownSeries {
  readonly #records = new Map<number, SeriesRecord>()
  readonly #byKey = new Map<string, number>()
  /** `system/metric` to the series giving it, whatever the source. */
  readonly #byMetric = new Map<string, SeriesRecord[]>()
  /** A series gave its first value, or the configuration changed: who is primary must be settled again. */
  #unranked = false
  #rankedAt = 0

  /** Makes a series of a source known. Its number and identity never change; whether it is a spread may. */
  know(
    series: SeriesIdentity & { id: number; unit: string },
    spread: boolean,
    source: SourceDefinition | undefined,
  ): SeriesRecord {
    const known = this.#records.get(series.id)
    if (known !== undefined) return known
    const record: SeriesRecord = {
      ...series,
      spread,
      primary: false,
      everyMs: source?.everyMs ?? 0,
      lagMs: source?.lagMs ?? 0,
      at: null,
      value: null,
      stale: false,
    }
    this.#records.set(series.id, record)
    this.#byKey.set(seriesKey(series), series.id)
    const metric = `${series.system}/${series.metric}`
    const siblings = this.#byMetric.get(metric)
    if (siblings === undefined) this.#byMetric.set(metric, [record])
    else siblings.push(record)
    return record
  }

  idOf(identity: SeriesIdentity): number | undefined {
    return this.#byKey.get(seriesKey(identity))
  }

  /**
   * Takes a value. One older than the newest known changes nothing here (the store keeps it), unless the newest known
   * lies after `now`: then the clock was set back, and this one is the newer.
   */
  observe(id: number, at: number, value: number, now = Infinity): void {
    const record = this.#records.get(id)
    if (record === undefined || (record.at !== null && at < record.at && record.at <= now)) return
    if (record.at === null) this.#unranked = true
    record.at = at
    record.value = value
    record.stale = false
  }

  /** All series giving a metric of a system, any source. */
  seriesOf(system: string, metric: string): readonly SeriesRecord[] {
    return this.#byMetric.get(`${system}/${metric}`) ?? []
  }

  /** One series by its number. */
  get(id: number): SeriesRecord | undefined {
    return this.#records.get(id)
  }

  all(): IterableIterator<SeriesRecord> {
    return this.#records.values()
  }

  /** The clock was set back to `now`: nothing known is of a later time, or it would seem fresh until that time comes again. */
  setBack(now: number): void {
    for (const series of this.#records.values()) if (series.at !== null && series.at > now) series.at = now
  }

  /** The configuration is another: how often each is given, and which is primary. */
  configure(sourceOf: (series: SeriesRecord) => SourceDefinition | undefined): void {
    for (const series of this.#records.values()) {
      const source = sourceOf(series)
      series.everyMs = source?.everyMs ?? 0
      series.lagMs = source?.lagMs ?? 0
    }
    this.#unranked = true
  }

  /**
   * Marks the series that have given nothing for three intervals of their source, or whose source is gone from the
   * configuration, and gives those not marked before.
   */
  markSilent(now: number): SeriesRecord[] {
    const silent: SeriesRecord[] = []
    for (const series of this.#records.values()) {
      if (series.stale || series.at === null) continue
      if (series.everyMs > 0 && now - series.at <= staleAfterMs(series.everyMs, series.lagMs)) continue
      series.stale = true
      silent.push(series)
    }
    return silent
  }

  /**
   * Settles which source is primary for each metric: the first listed one that gave it within a day; every one where
   * none stands for the others, as of logs. Gives the series that became so, or ceased to be.
   */
  rank(now: number, definitions: ReadonlyMap<string, SystemDefinition>, always: boolean): number[] {
    if (!this.#unranked && !always && Math.abs(now - this.#rankedAt) < RANK_EVERY_MS) return []
    this.#unranked = false
    this.#rankedAt = now
    const changed: number[] = []
    for (const giving of this.#byMetric.values()) {
      const system = giving[0]?.system
      const sources = system === undefined ? undefined : definitions.get(system)?.sources
      const first = sources?.find((source) =>
        giving.some((series) => series.source === source.id && series.at !== null && now - series.at < ACTIVE_MS),
      )
      for (const series of giving) {
        const primary = catalogued(series.metric)?.everySource
          ? sources?.some(({ id }) => id === series.source) === true
          : series.source === first?.id
        if (series.primary !== primary) changed.push(series.id)
        series.primary = primary
      }
    }
    return changed
  }
}
