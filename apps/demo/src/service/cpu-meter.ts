const SHORTEST_SPAN_MS = 1_000

/** The share of one core that this process really used between two askings, in percent (the students live in it too). */
export class CpuMeter {
  #usage = process.cpuUsage()
  #sinceMs = performance.now()
  #percent = 0

  /** Asked again within a second it repeats itself: a shorter span would only measure the asking. */
  get percent(): number {
    const nowMs = performance.now()
    const spanMs = nowMs - this.#sinceMs
    if (spanMs >= SHORTEST_SPAN_MS) {
      const spent = process.cpuUsage(this.#usage)
      this.#percent = ((spent.user + spent.system) / 1_000 / spanMs) * 100
      this.#usage = process.cpuUsage()
      this.#sinceMs = nowMs
    }
    return this.#percent
  }
}
