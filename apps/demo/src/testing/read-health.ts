/** The parts of GET /health that tests look at. */
export type Health = {
  uptime_seconds: number
  sessions: { active: number; exported_total: number }
  system: { memory_percent: number; memory_mb: number }
  database: { pool: { size: number; checked_out: number; max_overflow: number; waiting: number } }
  redis: { pool: { size: number; in_use: number; waiting: number } }
  queue: { queue_length: number; workers: { total: number; busy: number } }
  requests: { total: number; responses: { status: string; responses_total: number }[] }
  upstream: { requests_total: number; rate_limited_total: number }
}

/** What the demo at `url` says of itself; the shape itself is checked in start-demo.test.ts. */
export async function readHealth(url: string): Promise<Health> {
  const response = await fetch(`${url}/health`)
  return (await response.json()) as Health
}
