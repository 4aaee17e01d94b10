import type { Status } from '@headroom/shared/contracts.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { Readiness, SelfMetric } from './http/ports.ts'
import type { Clock } from './lib/clock.ts'
import type { LiveConfig } from './live-config.ts'
import type { Pipeline } from './pipeline/pipeline.ts'
import type { Recorder } from './pipeline/recorder.ts'
import type { Store } from './store/types.ts'
import type { Percentile } from './telemetry/percentile.ts'
import { VERSION } from './version.ts'

export type StatusParts = {
  world: World
  store: Store
  recorder: Recorder
  pipeline: Pipeline
  config: LiveConfig
  clock: Clock
  startedAt: number
  viewers: () => number
  cost: () => { cpuPercent: number; rssBytes: number }
  /** How many ms after their slot polls began. */
  lateness: Percentile
  freeBytes: () => Promise<number | null>
  page: () => Promise<string | null>
}

/** What the collector says of itself: for `GET /status`, `GET /readyz` and `GET /metrics`. */
export type SelfReport = {
  status(): Promise<Status>
  readiness(): Promise<Readiness>
  metrics(): Promise<SelfMetric[]>
}

export function createSelfReport(parts: StatusParts): SelfReport {
  return {
    status: () => status(parts),
    readiness: () => Promise.resolve(readiness(parts)),
    metrics: () => Promise.resolve(metrics(parts)),
  }
}

async function status(parts: StatusParts): Promise<Status> {
  const { world, store, recorder, pipeline, config, clock, startedAt, viewers, cost, lateness } = parts
  const [{ dataBytes, ...stats }, freeBytes, page] = await Promise.all([store.stats(), parts.freeBytes(), parts.page()])
  const { storage } = config.current.config
  const problem =
    recorder.failure === null ? setAsideWords(store) : `Not recording: ${recorder.failure.failure.message}`
  return {
    version: VERSION,
    startedAt,
    now: clock.now(),
    systems: world.definitions.size,
    sources: countSources(world),
    viewers: viewers(),
    store: {
      ...stats,
      writable: recorder.failure === null,
      ...(problem === undefined ? {} : { problem }),
      retainSeconds: storage.retainMs / 1000,
      maxBytes: storage.maxBytes,
      bytesPerDay: recorder.growth.bytesPerDay({ dataBytes, samples: stats.samples }),
      freeBytes,
    },
    config: configStatus(config),
    demo: config.demo,
    self: {
      ...cost(),
      commitP99Ms: recorder.took.p99(),
      latenessP99Ms: lateness.p99(),
      dropped: pipeline.dropped,
    },
    page,
  }
}

function configStatus(config: LiveConfig): Status['config'] {
  const { severity, problems } = config.problems
  return {
    ok: config.error === undefined,
    file: config.file,
    ...(config.error === undefined ? {} : { error: config.error }),
    readAt: config.readAt,
    problems: problems.map(({ path, message, hint, line, column }) => ({
      severity,
      path,
      message: hint === undefined ? message : `${message}; ${hint}`,
      line,
      column,
    })),
  }
}

function setAsideWords({ report }: Store): string | undefined {
  if (report.kind !== 'set-aside') return undefined
  return `The database was damaged (${report.reason}). It was set aside as ${report.file}, and a new one was begun.`
}

function countSources(world: World): Status['sources'] {
  const counts = { ok: 0, failing: 0, pending: 0 }
  for (const definition of world.definitions.values()) {
    for (const source of definition.sources) counts[world.source(definition.id, source.id).state] += 1
  }
  return counts
}

function readiness({ recorder, config, world }: StatusParts): Readiness {
  const reasons: string[] = []
  if (recorder.failure !== null) reasons.push(`Nothing is recorded: ${recorder.failure.failure.message}`)
  if (config.error !== undefined) reasons.push('The configuration file cannot be used; the last good one is in force.')
  const { ok, failing, pending } = countSources(world)
  if (pending > 0 && ok + failing === 0) reasons.push('No source has been asked yet.')
  return { ready: reasons.length === 0, reasons }
}

function metrics({ world, recorder, pipeline, viewers, cost }: StatusParts): SelfMetric[] {
  const { ok, failing } = countSources(world)
  const { cpuPercent, rssBytes } = cost()
  return [
    { name: 'headroom_viewers', help: 'Dashboards connected.', type: 'gauge', value: viewers() },
    { name: 'headroom_systems', help: 'Systems watched.', type: 'gauge', value: world.definitions.size },
    { name: 'headroom_sources_ok', help: 'Sources that answered last time.', type: 'gauge', value: ok },
    { name: 'headroom_sources_failing', help: 'Sources that failed last time.', type: 'gauge', value: failing },
    {
      name: 'headroom_recording',
      help: '1 while everything is recorded.',
      type: 'gauge',
      value: recorder.failure === null ? 1 : 0,
    },
    {
      name: 'headroom_commits_total',
      help: 'Group commits since the start.',
      type: 'counter',
      value: recorder.commits,
    },
    {
      name: 'headroom_arrivals_dropped_total',
      help: 'Readings lost because the disk was too slow.',
      type: 'counter',
      value: pipeline.dropped,
    },
    { name: 'headroom_cpu_percent', help: 'Share of one core the collector uses.', type: 'gauge', value: cpuPercent },
    { name: 'headroom_rss_bytes', help: 'Memory the collector uses.', type: 'gauge', value: rssBytes },
  ]
}
