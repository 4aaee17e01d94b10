import type { Clock } from '../clock.ts'
import { RollingWindow } from './rolling-window.ts'

/** Listed from the start, so that a reader can tell "none yet" from "first seen at 1". */
const KNOWN_STATUSES = [200, 201, 202, 400, 404, 500, 503]

/** The requests answered so far; latencies are of the last minute, in milliseconds, waiting for a slot included. */
export type RequestFigures = {
  total: number
  perMinute: number
  errorPercent: number
  byStatus: ReadonlyMap<number, number>
  p50Ms: number
  p95Ms: number
  uploadsPerMinute: number
  uploadP95Ms: number
}

/** Remembers how requests went. */
export class RequestLog {
  readonly #latencies: RollingWindow
  readonly #errors: RollingWindow
  readonly #uploads: RollingWindow
  readonly #byStatus = new Map(KNOWN_STATUSES.map((status) => [status, 0]))
  #total = 0

  constructor(clock: Clock) {
    this.#latencies = new RollingWindow(clock, 3_000)
    this.#errors = new RollingWindow(clock, 3_000)
    this.#uploads = new RollingWindow(clock, 1_000)
  }

  answered(status: number, tookMs: number): void {
    this.#total += 1
    this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1)
    this.#latencies.add(tookMs)
    if (status >= 500) this.#errors.add(status)
  }

  uploaded(tookMs: number): void {
    this.#uploads.add(tookMs)
  }

  get figures(): RequestFigures {
    const perMinute = this.#latencies.count
    return {
      total: this.#total,
      perMinute,
      errorPercent: perMinute === 0 ? 0 : Math.min(100, (100 * this.#errors.count) / perMinute),
      byStatus: this.#byStatus,
      p50Ms: this.#latencies.quantile(0.5),
      p95Ms: this.#latencies.quantile(0.95),
      uploadsPerMinute: this.#uploads.count,
      uploadP95Ms: this.#uploads.quantile(0.95),
    }
  }
}
