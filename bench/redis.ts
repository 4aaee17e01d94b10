import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { SOURCES } from '@headroom/collector/sources/index.ts'
import { parseAddress } from '@headroom/collector/sources/redis/address.ts'
import { Connection } from '@headroom/collector/sources/redis/wire/connection.ts'
import { asText, type Command, type Reply } from '@headroom/collector/sources/redis/wire/resp.ts'
import { freePort } from '@headroom/collector/sources/testing/free-port.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'
import { runAsLaunched } from './source/as-launched.ts'
import { cpuMsOf, quantile, report, rssMB } from './source/figures.ts'

/**
 * What watching RQ costs: a Redis with 1,000,000 jobs waiting, as RQ keeps them, and the workers of a day; how many commands
 * a look sends and how long Redis takes for them (from INFO commandstats), and what the source takes of the collector.
 * Usage: node bench/redis.ts [jobs] [looks]
 */
const [ROLE, ...WORDS] = process.argv[2] === 'watch' ? process.argv.slice(2) : ['serve', ...process.argv.slice(2)]
const JOBS = Number(WORDS[0] ?? 1_000_000)
const LOOKS = Number(WORDS[1] ?? 200)
const WORKERS = 20
const BATCH = 2_000
const TARGETS = { commands: 20, redisMs: 10, megabytes: 5 }

if (ROLE === 'watch') await watch(WORDS[2] ?? '')
else await serve()

async function serve(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-redis-'))
  const port = await freePort()
  const program = process.env['HEADROOM_REDIS_SERVER'] ?? 'redis-server'
  const server = spawn(program, ['--port', String(port), '--save', '', '--dir', folder], { stdio: 'ignore' })
  try {
    const url = `redis://127.0.0.1:${port}`
    await fill(url)
    process.exitCode = await runAsLaunched(fileURLToPath(import.meta.url), folder, {
      first: ['watch', String(JOBS), '1', url],
      words: ['watch', String(JOBS), String(LOOKS), url],
    })
  } finally {
    server.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Jobs as RQ 2 writes them: an id in a list, and a hash with ten fields; busy workers, running, failed and finished jobs. */
async function fill(url: string): Promise<void> {
  const began = performance.now()
  using asked = await connect(url)
  const { ask } = asked
  const now = new Date().toISOString().replace('Z', '000Z')
  const id = (index: number): string => `5d3f6c1e-0000-4000-8000-${String(index).padStart(12, '0')}`
  const job = (index: number, fields: Record<string, string>): Command => [
    'HSET',
    `rq:job:${id(index)}`,
    ...Object.entries({
      created_at: now,
      enqueued_at: now,
      origin: 'captions',
      description: `captions.make('${index}')`,
      data: 'x'.repeat(120),
      timeout: '3600',
      result_ttl: '500',
      ...fields,
    }).flat(),
  ]
  for (let from = 0; from < JOBS; from += BATCH) {
    const indexes = Array.from({ length: Math.min(BATCH, JOBS - from) }, (_, index) => from + index)
    await ask([
      ['RPUSH', 'rq:queue:captions', ...indexes.map(id)],
      ...indexes.map((index) => job(index, { status: 'queued' })),
    ])
  }
  const soon = Math.floor(Date.now() / 1_000)
  for (let index = 0; index < WORKERS; index++) {
    const key = `rq:worker:worker-${index}`
    const running = JOBS + index
    await ask([
      ['SADD', 'rq:workers', key],
      [
        'HSET',
        key,
        'birth',
        now,
        'last_heartbeat',
        now,
        'state',
        'busy',
        'queues',
        'captions',
        'successful_job_count',
        index,
      ],
      ['ZADD', 'rq:wip:captions', soon + 3_600, `${id(running)}:e${index}`],
      ['HSET', `rq:execution:${id(running)}:e${index}`, 'id', `e${index}`, 'created_at', soon - index],
      ['ZADD', 'rq:finished:captions', soon + 500, id(running + 1_000)],
      job(running + 1_000, { status: 'finished', started_at: now, ended_at: now }),
      ['ZADD', 'rq:failed:captions', soon + 31_536_000, id(running + 2_000)],
    ])
  }
  await ask([['SADD', 'rq:queues', 'rq:queue:captions', 'rq:queue:mail', 'rq:queue:default']])
  const [info] = await ask([['INFO', 'memory']])
  const megabytes = Number(/used_memory:(\d+)/.exec(asText(info) ?? '')?.[1]) / 1e6
  const seconds = ((performance.now() - began) / 1_000).toFixed(0)
  console.log(
    `${JOBS} jobs wait, ${WORKERS} workers, 3 queues: Redis holds ${megabytes.toFixed(0)} MB (filled in ${seconds} s)`,
  )
}

async function watch(url: string): Promise<void> {
  using asked = await connect(url)
  const { ask } = asked
  const common = { id: 'redis', everyMs: 5_000, timeoutMs: 5_000, maxSeries: 200, labels: {} }
  const options = SOURCES.redis.schema.parse({ url })
  // What any process pays that reads from a socket, and the list of all kinds, is not the source's: its own code is loaded when it opens.
  for (let look = 0; look < LOOKS; look++) await ask([['INFO']])
  globalThis.gc?.()
  const before = rssMB()
  const source = SOURCES.redis.open({ ...options, ...common }, { clock: systemClock, log: silentLogger })
  const commands: number[] = []
  const redisMs: number[] = []
  const tookMs: number[] = []
  let ours = 0
  for (let look = 0; look < LOOKS; look++) {
    await ask([['CONFIG', 'RESETSTAT']])
    const began = performance.now()
    const [reading, cpuMs] = await cpuMsOf(() => source.poll(AbortSignal.timeout(5_000)))
    tookMs.push(performance.now() - began)
    ours += cpuMs
    if (reading.error !== undefined) throw new Error(reading.error.message)
    const [stats] = await ask([['INFO', 'commandstats']])
    const lines = [...(asText(stats) ?? '').matchAll(/cmdstat_(\S+?):calls=(\d+),usec=(\d+)/g)].filter(
      ([, name]) => name !== 'config|resetstat',
    )
    commands.push(lines.reduce((sum, [, , calls]) => sum + Number(calls), 0))
    redisMs.push(lines.reduce((sum, [, , , usec]) => sum + Number(usec), 0) / 1_000)
    if (look === 0)
      console.log(
        `first look: ${reading.points.length} values, ${commands[0]} commands, ${redisMs[0]?.toFixed(2)} ms of Redis`,
      )
  }
  globalThis.gc?.()
  const megabytes = rssMB() - before
  await source[Symbol.asyncDispose]()
  console.log(
    `${LOOKS} looks; a look took ${quantile(tookMs, 0.5).toFixed(1)} ms in the median, ${quantile(tookMs, 0.99).toFixed(1)} ms at p99`,
  )
  console.log(
    `CPU of a look ${(ours / LOOKS).toFixed(2)} ms: at one every 5 s ${(ours / LOOKS / 50).toFixed(3)} % of a core`,
  )
  const results = [
    report('commands a look, most', Math.max(...commands), TARGETS.commands, 0),
    report('ms of Redis a look, median', quantile(redisMs, 0.5), TARGETS.redisMs, 2),
    report('ms of Redis a look, p95', quantile(redisMs, 0.95), TARGETS.redisMs, 2),
    report('memory of the source, MB', megabytes, TARGETS.megabytes, 1),
  ]
  process.exitCode = results.every(Boolean) ? 0 : 1
}

type Asked = Disposable & { ask(commands: Command[]): Promise<Reply[]> }

/** A connection of the bench's own; a server that was just started is waited for. */
async function connect(url: string): Promise<Asked> {
  const parsed = parseAddress(url)
  if (parsed.kind === 'problem') throw new Error(parsed.message)
  const signal = new AbortController().signal
  for (let attempt = 1; ; attempt++) {
    try {
      const connection = await Connection.open({ address: parsed.address, insecure: false }, signal)
      return { ask: (commands) => connection.send(commands, signal), [Symbol.dispose]: () => connection.close() }
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
