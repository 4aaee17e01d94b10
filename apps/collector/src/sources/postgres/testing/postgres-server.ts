import { dirname, join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { Client } from 'pg'
import { afterAll } from 'vitest'
import { systemClock, type Clock } from '../../../lib/clock.ts'
import { silentLogger, type Logger } from '../../../telemetry/logger.ts'
import { Daemon, serverFolder } from '../../testing/daemon.ts'
import { freePort } from '../../testing/free-port.ts'
import { until } from '../../testing/until.ts'
import type { PollSource } from '../../types.ts'
import { postgres } from '../postgres.ts'
import type { PostgresOptions } from '../schema.ts'

const OWNER = 'owner'
const PASSWORD = 'p@ss:w/ord'

/** How long a look may take where that is not what is tested: a busy machine takes its time. */
const PATIENCE_MS = 60_000

/** A real PostgreSQL for a test. */
export type TestPostgres = AsyncDisposable & {
  daemon: Daemon
  folder: string
  port: number
  /** As its superuser, over TCP. */
  url: string
  /** As another user, to another database. */
  urlOf(user: string, password: string, database?: string): string
  /** A connection of the test's own, which stays until it is ended. */
  connect(url?: string): Promise<Client>
  /** Runs statements as its superuser. */
  run(...statements: string[]): Promise<void>
  /** Starts it again, where it was ended. */
  restart(...settings: string[]): Promise<void>
}

/** A cluster that was never started: to make one takes seconds, to copy it does not. */
let cluster: Promise<string> | undefined
let folderOfCluster: AsyncDisposable | undefined
afterAll(() => folderOfCluster?.[Symbol.asyncDispose]())

async function newCluster(): Promise<string> {
  const folder = await serverFolder()
  folderOfCluster = folder
  const [data, secret] = [join(folder.path, 'data'), join(folder.path, 'password')]
  await writeFile(secret, PASSWORD, { mode: 0o644 })
  const small = ['--no-sync', '--wal-segsize=1', '-E', 'UTF8', '--locale=C']
  const words = ['-D', data, '-U', OWNER, '-A', 'scram-sha-256', '--pwfile', secret, ...small]
  const init = new Daemon([program('initdb'), ...words], { cwd: folder.path })
  if ((await init.code()) !== 0) throw new Error(`initdb failed: ${init.said}`)
  return data
}

/** Creates a cluster in a folder of its own and starts it on a free port, with these further settings, `name=value`. */
export async function startPostgres(...settings: string[]): Promise<TestPostgres> {
  const folder = await serverFolder()
  const data = join(folder.path, 'data')
  const copy = new Daemon(['cp', '-a', await (cluster ??= newCluster()), data], { cwd: folder.path })
  if ((await copy.code()) !== 0) throw new Error(`copying the cluster failed: ${copy.said}`)
  const port = await freePort()
  const running = { daemon: await start(data, folder.path, port, settings) }
  const urlOf: TestPostgres['urlOf'] = (user, password, database = 'postgres') =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
  const url = urlOf(OWNER, PASSWORD)
  const connect: TestPostgres['connect'] = async (to = url) => {
    const client = new Client({ connectionString: to })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  return {
    get daemon() {
      return running.daemon
    },
    folder: folder.path,
    port,
    url,
    urlOf,
    connect,
    async run(...statements) {
      const client = await connect()
      try {
        for (const statement of statements) await client.query(statement)
      } finally {
        await client.end()
      }
    },
    async restart(...more) {
      running.daemon = await start(data, folder.path, port, [...settings, ...more])
    },
    async [Symbol.asyncDispose]() {
      // Immediately: a smart shutdown waits for clients that may stay.
      if (running.daemon.running) await running.daemon.end('SIGQUIT')
      await folder[Symbol.asyncDispose]()
    },
  }
}

async function start(data: string, folder: string, port: number, settings: readonly string[]): Promise<Daemon> {
  const quick = [
    'fsync=off',
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'max_wal_size=16MB',
    'shared_buffers=16MB',
  ]
  const words = [...quick, ...settings].flatMap((setting) => ['-c', setting])
  const daemon = new Daemon([program('postgres'), '-D', data, '-p', String(port), ...words], { cwd: folder })
  await until(
    () => daemon.said,
    (said) => /ready to accept|accept read-only/.test(said) || !daemon.running,
  )
  if (!daemon.running) throw new Error(`postgres ended: ${daemon.said}`)
  return daemon
}

/** A program that lies beside the server. */
export function program(name: string): string {
  return join(dirname(process.env['HEADROOM_POSTGRES'] ?? '/usr/bin/postgres'), name)
}

type Given = Partial<PostgresOptions> & {
  url: string
  timeoutMs?: number
  everyMs?: number
  clock?: Clock
  log?: Logger
  refuseAddress?: (address: string) => string | null
}

/** The source, as configured by these options. */
export function openSource(given: Given): PollSource {
  const {
    timeoutMs = PATIENCE_MS,
    everyMs = 5_000,
    clock = systemClock,
    log = silentLogger,
    refuseAddress,
    ...own
  } = given
  const common = { id: 'postgres', everyMs, timeoutMs, maxSeries: 200, labels: {} }
  const guard = refuseAddress === undefined ? {} : { refuseAddress }
  return postgres.open({ ...postgres.schema.parse(own), ...common }, { clock, log, ...guard })
}

/** What the source says, asked once with its deadline as the scraper gives it. */
export function poll(source: PollSource, timeoutMs = PATIENCE_MS): ReturnType<PollSource['poll']> {
  return source.poll(AbortSignal.timeout(timeoutMs))
}
