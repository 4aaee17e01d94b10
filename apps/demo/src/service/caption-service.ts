import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Conditions } from '../simulated/conditions.ts'
import { SimulatedDatabase } from '../simulated/simulated-database.ts'
import { simulatedMemory, type MemoryFigures } from '../simulated/simulated-memory.ts'
import { SimulatedUpstream, type UpstreamFigures } from '../simulated/simulated-upstream.ts'
import { createCaptioner, type CaptionJob } from './captioner.ts'
import { CpuMeter } from './cpu-meter.ts'
import { JobQueue, type QueueFigures } from './job-queue.ts'
import { Pool, type PoolFigures } from './pool.ts'
import { RequestLog, type RequestFigures } from './request-log.ts'
import { newImage, SessionStore, type Session } from './session-store.ts'
import { WorkingMemory } from './working-memory.ts'

const WORKERS = 10
const POOL_TIMEOUT_MS = 30_000
const SLOT_TIMEOUT_MS = 300_000

export type CaptionServiceOptions = {
  clock: Clock
  random: Random
  /** Asked anew for every piece of simulated work. */
  conditions: () => Conditions
  report: (error: unknown) => void
}

/** Everything the service knows about itself at one moment. */
export type ServiceFigures = {
  uptimeMs: number
  sessions: readonly Session[]
  maxSessions: number
  exportedTotal: number
  memory: MemoryFigures
  cpuPercent: number
  slots: PoolFigures
  databasePool: PoolFigures
  redisPool: PoolFigures
  queue: QueueFigures
  requests: RequestFigures
  upstream: UpstreamFigures
  storeMsPerImage: number
}

/** An uploaded image as it came in. */
export type Upload = { name: string; picture: Buffer }

/** The caption workshop without its HTTP: real sessions, pools, slots and queue; simulated database, upstream and memory size. */
export class CaptionService {
  readonly slots: Pool
  readonly requests: RequestLog
  readonly sessions: SessionStore
  readonly #clock: Clock
  readonly #conditions: () => Conditions
  readonly #startedAtMs: number
  readonly #databasePool: Pool
  readonly #redisPool: Pool
  readonly #database: SimulatedDatabase
  readonly #upstream: SimulatedUpstream
  readonly #queue: JobQueue<CaptionJob>
  readonly #working = new WorkingMemory()
  readonly #cpu = new CpuMeter()

  constructor({ clock, random, conditions, report }: CaptionServiceOptions) {
    this.#clock = clock
    this.#conditions = conditions
    this.#startedAtMs = clock.nowMs()
    this.slots = new Pool({
      name: 'request slots',
      size: 16,
      maxOverflow: 0,
      maxWaiting: 200,
      timeoutMs: SLOT_TIMEOUT_MS,
      clock,
    })
    this.requests = new RequestLog(clock)
    this.sessions = new SessionStore(100, clock)
    const line = { maxWaiting: 100, timeoutMs: POOL_TIMEOUT_MS, clock }
    this.#databasePool = new Pool({ ...line, name: 'database pool', size: 10, maxOverflow: 10 })
    this.#redisPool = new Pool({ ...line, name: 'redis pool', size: 24, maxOverflow: 0 })
    this.#database = new SimulatedDatabase(clock, random, conditions)
    this.#upstream = new SimulatedUpstream(clock, random, conditions)
    const run = createCaptioner({
      redisPool: this.#redisPool,
      databasePool: this.#databasePool,
      database: this.#database,
      upstream: this.#upstream,
      clock,
      isOpen: (sessionId) => this.sessions.has(sessionId),
    })
    this.#queue = new JobQueue({ workers: WORKERS, maxLength: 2_000, clock, run, report })
  }

  get figures(): ServiceFigures {
    return {
      uptimeMs: this.#clock.nowMs() - this.#startedAtMs,
      sessions: this.sessions.all,
      maxSessions: this.sessions.maxSessions,
      exportedTotal: this.sessions.exportedTotal,
      memory: simulatedMemory(this.sessions.heldBytes + this.#working.heldBytes),
      cpuPercent: this.#cpu.percent,
      slots: this.slots.figures,
      databasePool: this.#databasePool.figures,
      redisPool: this.#redisPool.figures,
      queue: this.#queue.figures,
      requests: this.requests.figures,
      upstream: this.#upstream.figures,
      storeMsPerImage: this.#conditions().storeMsPerImage,
    }
  }

  /** Stores the images and queues a caption job for each: all of them, or (the queue being full) none. */
  async upload(session: Session, uploads: readonly Upload[], signal: AbortSignal): Promise<'queued' | 'full'> {
    const bytes = uploads.reduce((sum, { picture }) => sum + picture.length, 0)
    using _memory = this.#working.hold(bytes)
    using _lock = await this.#redisPool.acquire(signal)
    using _connection = await this.#databasePool.acquire(signal)
    if (this.#queue.room < uploads.length) return 'full'
    await this.#database.storeImages(uploads.length, signal)
    // Looked at again, because others stored theirs in the meantime.
    if (this.#queue.room < uploads.length) return 'full'
    for (const { name, picture } of uploads) {
      const image = newImage(name, picture)
      session.images.push(image)
      this.#queue.enqueue({ sessionId: session.id, image })
    }
    return 'queued'
  }

  /** The database round trip that every look at a session costs. */
  async read(signal: AbortSignal): Promise<void> {
    using _connection = await this.#databasePool.acquire(signal)
    await this.#database.read(signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue[Symbol.asyncDispose]()
  }
}
