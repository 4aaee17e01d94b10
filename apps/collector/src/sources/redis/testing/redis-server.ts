import { systemClock, type Clock } from '../../../lib/clock.ts'
import { silentLogger, type Logger } from '../../../telemetry/logger.ts'
import { Daemon, serverFolder } from '../../testing/daemon.ts'
import { freePort } from '../../testing/free-port.ts'
import { until } from '../../testing/until.ts'
import type { PollSource } from '../../types.ts'
import { parseAddress } from '../address.ts'
import { redis } from '../redis.ts'
import type { RedisOptions } from '../schema.ts'
import { BrokenConnection, Connection } from '../wire/connection.ts'
import { asText, type Command, type Reply } from '../wire/resp.ts'

/** How long a look may take where that is not what is tested: a busy machine takes its time. */
const PATIENCE_MS = 60_000

/** A real Redis for a test. */
export type TestRedis = AsyncDisposable & {
  daemon: Daemon
  folder: string
  port: number
  url: string
  /** Asks it over a connection of the test's own. */
  ask(...commands: Command[]): Promise<Reply[]>
  /** How often each command was called, and what all took together. */
  cost(): Promise<{ calls: Map<string, number>; usec: number }>
}

/** Starts a Redis on a free port, with these further words, each `--name value`. */
export async function startRedis(...words: string[]): Promise<TestRedis> {
  return startRedisAt(undefined, ...words)
}

/** The same on a port that was free a moment ago. */
export async function startRedisAt(wanted: number | undefined, ...words: string[]): Promise<TestRedis> {
  const folder = await serverFolder()
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freePort())
    const program = process.env['HEADROOM_REDIS_SERVER'] ?? 'redis-server'
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder.path]
    const daemon = new Daemon([program, ...own, ...words], { cwd: folder.path })
    const url = `redis://127.0.0.1:${port}`
    try {
      await until(async () => (await listens(url)) || !daemon.running, Boolean)
      if (!daemon.running) throw new Error(`redis-server ended: ${daemon.said}`)
      return testRedis(daemon, folder, port, url)
    } catch (error) {
      await daemon[Symbol.asyncDispose]()
      // Somebody else took the port in between.
      if (attempt < 3 && daemon.said.includes('Address already in use')) continue
      await folder[Symbol.asyncDispose]()
      throw error
    }
  }
}

function testRedis(daemon: Daemon, folder: AsyncDisposable & { path: string }, port: number, url: string): TestRedis {
  const ask: TestRedis['ask'] = (...commands) => askRedis(url, commands)
  return {
    daemon,
    folder: folder.path,
    port,
    url,
    ask,
    async cost() {
      const [text] = await ask(['INFO', 'commandstats'])
      const lines = [...(asText(text) ?? '').matchAll(/^cmdstat_([^:]+):calls=(\d+),usec=(\d+)/gm)]
      const calls = new Map(lines.map(([, name = '', count]) => [name, Number(count)]))
      return { calls, usec: lines.reduce((sum, [, , , usec]) => sum + Number(usec), 0) }
    },
    async [Symbol.asyncDispose]() {
      await daemon[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

async function listens(url: string): Promise<boolean> {
  try {
    await askRedis(url, [['PING']])
    return true
  } catch (error) {
    if (error instanceof BrokenConnection) return false
    throw error
  }
}

/** Asks once over a new connection. */
export async function askRedis(url: string, commands: readonly Command[]): Promise<Reply[]> {
  const parsed = parseAddress(url)
  if (parsed.kind === 'problem') throw new Error(parsed.message)
  const signal = AbortSignal.timeout(30_000)
  const connection = await Connection.open({ address: parsed.address, insecure: true }, signal)
  try {
    const { password, username } = parsed.address
    if (password !== undefined)
      await connection.send([username === undefined ? ['AUTH', password] : ['AUTH', username, password]], signal)
    return await connection.send(commands, signal)
  } finally {
    connection.close()
  }
}

type Given = Partial<RedisOptions> & {
  url: string
  timeoutMs?: number
  clock?: Clock
  log?: Logger
  refuseAddress?: (address: string) => string | null
}

/** The source, as configured by these options. */
export function openSource(given: Given): PollSource {
  const { timeoutMs = PATIENCE_MS, clock = systemClock, log = silentLogger, refuseAddress, ...own } = given
  const guard = refuseAddress === undefined ? {} : { refuseAddress }
  const common = { id: 'redis', everyMs: 5_000, timeoutMs, maxSeries: 200, labels: {} }
  return redis.open({ ...redis.schema.parse(own), ...common }, { clock, log, ...guard })
}

/** What the source says, asked once with its deadline as the scraper gives it. */
export function poll(source: PollSource, timeoutMs = PATIENCE_MS): ReturnType<PollSource['poll']> {
  return source.poll(AbortSignal.timeout(timeoutMs))
}
