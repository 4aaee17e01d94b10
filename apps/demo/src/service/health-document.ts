import type { ServiceFigures } from './caption-service.ts'
import { recommendations } from './recommendations.ts'

/** The paths of the documents whose figures are simulated, or are simulated work. Everything else is measured. */
const SIMULATED_PATHS = [
  'system.memory_percent',
  'system.memory_mb',
  'system.memory_limit_mb',
  'database.work_ms_per_image',
  'upstream.average_seconds',
  'upstream.rate_limited_total',
  'users',
]

/** What GET /health answers: the loose snake_case of such applications, and the mark that this one is a demo. */
export function healthDocument(figures: ServiceFigures, speed: number): object {
  return {
    // Always "healthy" while it answers, as such endpoints are: the numbers have to be read.
    status: 'healthy',
    service: 'caption-workshop',
    version: '1.4.0',
    demo: true,
    simulated:
      speed === 1
        ? SIMULATED_PATHS
        : [...SIMULATED_PATHS, `every duration and rate: the clock runs ${speed} times as fast`],
    uptime_seconds: Math.round(figures.uptimeMs / 1_000),
    uptime_hours: rounded(figures.uptimeMs / 3_600_000, 3),
    sessions: sessionsSection(figures),
    system: systemSection(figures),
    database: { pool: databasePoolSection(figures), work_ms_per_image: figures.storeMsPerImage },
    redis: {
      pool: {
        size: figures.redisPool.size,
        in_use: figures.redisPool.inUse,
        waiting: figures.redisPool.waiting,
      },
    },
    queue: queueSection(figures),
    requests: requestsSection(figures),
    upstream: upstreamSection(figures),
    latency: {
      p50_ms: Math.round(figures.requests.p50Ms),
      p95_ms: Math.round(figures.requests.p95Ms),
    },
    upload: {
      p95_seconds: rounded(figures.requests.uploadP95Ms / 1_000, 2),
      per_minute: figures.requests.uploadsPerMinute,
    },
    recommendations: recommendations(figures),
  }
}

/** What GET /system-stats answers: the same, and the people by name, which no monitor should keep. */
export function systemStatsDocument(figures: ServiceFigures, speed: number): object {
  return {
    ...healthDocument(figures, speed),
    architecture: { type: 'in-process-sessions', optimized_for: '30 concurrent students' },
    users: figures.sessions.map((session) => ({
      name: session.name,
      session_id: session.id,
      images: session.images.length,
      waiting_for_captions: session.images.filter(({ state }) => state.kind === 'waiting').length,
    })),
  }
}

function sessionsSection({ sessions, maxSessions, exportedTotal }: ServiceFigures): object {
  return {
    active: sessions.length,
    max_allowed: maxSessions,
    utilization_percent: rounded((100 * sessions.length) / maxSessions, 1),
    exported_total: exportedTotal,
  }
}

function systemSection({ cpuPercent, memory }: ServiceFigures): object {
  return {
    cpu_percent: rounded(cpuPercent, 1),
    memory_percent: rounded((100 * memory.usedMb) / memory.limitMb, 1),
    memory_mb: rounded(memory.usedMb, 1),
    memory_limit_mb: memory.limitMb,
  }
}

function databasePoolSection({ databasePool: pool }: ServiceFigures): object {
  return {
    size: pool.size,
    checked_out: pool.inUse,
    overflow: pool.overflow,
    max_overflow: pool.maxOverflow,
    waiting: pool.waiting,
  }
}

function queueSection({ queue }: ServiceFigures): object {
  return {
    queue_length: queue.length,
    oldest_seconds: rounded(queue.oldestMs / 1_000, 1),
    running: queue.running,
    workers: { total: queue.workers, busy: queue.running },
    jobs_finished_total: queue.finishedTotal,
    jobs_failed_total: queue.failedTotal,
  }
}

function requestsSection({ slots, requests }: ServiceFigures): object {
  return {
    in_flight: slots.inUse,
    slots: slots.size,
    waiting: slots.waiting,
    total: requests.total,
    requests_per_minute: requests.perMinute,
    error_percent: rounded(requests.errorPercent, 1),
    responses: [...requests.byStatus].map(([status, count]) => ({
      status: String(status),
      responses_total: count,
    })),
  }
}

function upstreamSection({ upstream }: ServiceFigures): object {
  return {
    requests_total: upstream.requestsTotal,
    requests_per_minute: upstream.requestsPerMinute,
    limit_per_minute: upstream.limitPerMinute,
    rate_limited_total: upstream.rateLimitedTotal,
    average_seconds: rounded(upstream.meanMs / 1_000, 2),
  }
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
