import type { Clock } from '../lib/clock.ts'

/** What the collector itself costs: percent of one core since the last look (at least a second ago), and its memory. */
export function createCpuMeter(clock: Clock): () => { cpuPercent: number; rssBytes: number } {
  let usage = process.cpuUsage()
  let at = clock.monotonic()
  let cpuPercent = 0
  return () => {
    const elapsedMs = clock.monotonic() - at
    if (elapsedMs >= 1_000) {
      const used = process.cpuUsage(usage)
      cpuPercent = Math.round(((used.user + used.system) / 1_000 / elapsedMs) * 1_000) / 10
      usage = process.cpuUsage()
      at = clock.monotonic()
    }
    return { cpuPercent, rssBytes: process.memoryUsage.rss() }
  }
}
