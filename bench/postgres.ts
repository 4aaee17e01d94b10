import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { SOURCES } from '@headroom/collector/sources/index.ts'
import { Daemon, serverFolder } from '@headroom/collector/sources/testing/daemon.ts'
import { freePort } from '@headroom/collector/sources/testing/free-port.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'
import { findTool, tools } from '../scripts/check/tools.ts'
import { runAsLaunched } from './source/as-launched.ts'
import { cpuMsOf, quantile, report, rssMB } from './source/figures.ts'

/**
 * What watching PostgreSQL costs: a real server with 100 connections, 20 of them busy with pgbench; what a look takes of the
 * collector, and of the server, whose kernel counts the CPU time of the process that serves us and of those that serve
 * pgbench, so that neighbours of the machine do not count.
 * Usage: node bench/postgres.ts [looks]
 */
const [ROLE, ...WORDS] = process.argv[2] === 'watch' ? process.argv.slice(2) : ['serve', ...process.argv.slice(2)]
const LOOKS = Number(WORDS[0] ?? 200)
const BUSY = 20
const IDLE = 80
const TRANSACTIONS_A_SECOND = 200
const PAUSE_MS = 100
const TARGETS = { percentOfCore: 1, megabytes: 5 }

if (ROLE === 'watch') await watch(WORDS[1] ?? '')
else await serve()

async function serve(): Promise<void> {
  const server = findTool(tools.postgres)
  if (server === undefined) throw new Error('needs PostgreSQL: apt-get install postgresql')
  const program = (name: string): string => join(dirname(server), name)
  await using folder = await serverFolder()
  const [data, port] = [join(folder.path, 'data'), String(await freePort())]
  await finished([program('initdb'), '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'])
  const settings = ['max_connections=120', 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder.path}`]
  const words = ['-D', data, '-p', port, ...settings.flatMap((setting) => ['-c', setting])]
  await using running = new Daemon([program('postgres'), ...words], { cwd: folder.path, patient: false })
  while (!running.said.includes('ready to accept')) await sleep(50)
  const idle = join(folder.path, 'idle.sql')
  await writeFile(idle, '\\sleep 3600 s\n')
  const load = [program('pgbench'), '-h', '127.0.0.1', '-p', port, '-U', 'postgres', '-n', '-T', '3600']
  await finished([...load.slice(0, -2), '-i', '-q', '-s', '10', 'postgres'])
  await using _idling = new Daemon([...load, '-c', String(IDLE), '-f', idle, 'postgres'], { patient: false })
  const rate = String(TRANSACTIONS_A_SECOND)
  await using _busy = new Daemon([...load, '-c', String(BUSY), '-R', rate, 'postgres'], { patient: false })
  const url = `postgres://postgres@127.0.0.1:${port}/postgres?sslmode=disable`
  process.exitCode = await runAsLaunched(fileURLToPath(import.meta.url), folder.path, {
    first: ['watch', '1', url],
    words: ['watch', String(LOOKS), url],
  })
}

async function finished(words: readonly string[]): Promise<void> {
  await using daemon = new Daemon(words)
  if ((await daemon.code()) !== 0) throw new Error(`${words[0]} failed: ${daemon.said}`)
}

async function watch(url: string): Promise<void> {
  const bare = tidyMB()
  const { ask, [Symbol.dispose]: close } = await connect(url)
  while (Number((await ask('SELECT count(*) AS n FROM pg_stat_activity'))[0]?.['n']) < IDLE + BUSY) await sleep(100)
  // The client library, and what it needs to ask and to be answered, is not the source's.
  for (let look = 0; look < LOOKS; look++) await ask('SELECT * FROM pg_stat_database')
  const library = tidyMB()

  const { everyMs, ...common } = SOURCES.postgres.defaults
  const options = { ...SOURCES.postgres.schema.parse({ url }), ...common, everyMs, id: 'postgres', labels: {} }
  const source = SOURCES.postgres.open(options, { clock: systemClock, log: silentLogger })
  const first = await source.poll(AbortSignal.timeout(common.timeoutMs))
  if (first.error !== undefined) throw new Error(first.error.message)
  const connections = first.points.filter(({ metric }) => metric === 'db.connections')
  const total = connections.reduce((sum, { value }) => sum + value, 0)
  const [ours, theirs] = [await pidsOf(ask, 'headroom'), await pidsOf(ask, 'pgbench')]
  const [before, committed] = [await cpuOf(ours, theirs), await transactions(ask)]
  const cpuMs: number[] = []
  const tookMs: number[] = []
  for (let look = 0; look < LOOKS; look++) {
    const began = performance.now()
    const [reading, ms] = await cpuMsOf(() => source.poll(AbortSignal.timeout(common.timeoutMs)))
    tookMs.push(performance.now() - began)
    cpuMs.push(ms)
    if (reading.error !== undefined) throw new Error(reading.error.message)
    await sleep(PAUSE_MS)
  }
  const [after, done] = [await cpuOf(ours, theirs), await transactions(ask)]
  const megabytes = tidyMB() - library
  await source[Symbol.asyncDispose]()
  close()

  const look = cpuMs.reduce((sum, ms) => sum + ms, 0) / LOOKS
  const lookOfServer = (after.ours - before.ours) / LOOKS
  // Looks commit as well: at most three transactions each.
  const transaction = (after.theirs - before.theirs) / Math.max(1, done - committed - 3 * LOOKS)
  console.log(
    `${total} connections; ${first.points.length} values; the client library takes ${(library - bare).toFixed(1)} MB`,
  )
  console.log(
    `${LOOKS} looks; one took ${quantile(tookMs, 0.5).toFixed(1)} ms in the median, ${quantile(tookMs, 0.99).toFixed(1)} ms at p99`,
  )
  console.log(
    `CPU of a look: ${look.toFixed(2)} ms of the collector, ${lookOfServer.toFixed(2)} ms of the server, as much as ${(lookOfServer / transaction).toFixed(1)} transactions of pgbench (${transaction.toFixed(2)} ms each)`,
  )
  const share = (ms: number): number => (100 * ms) / everyMs
  const results = [
    report('share of a core at the default interval, collector, %', share(look), TARGETS.percentOfCore, 3),
    report('the same of the server, %', share(lookOfServer), TARGETS.percentOfCore, 3),
    report('memory of the source beyond its client library, MB', megabytes, TARGETS.megabytes, 1),
  ]
  process.exitCode = results.every(Boolean) ? 0 : 1
}

type Rows = readonly Readonly<Record<string, string | null>>[]
type Ask = (text: string) => Promise<Rows>

/** A connection of the bench's own. */
async function connect(url: string): Promise<Disposable & { ask: Ask }> {
  const { parseAddress } = await import('@headroom/collector/sources/postgres/address.ts')
  const { Session } = await import('@headroom/collector/sources/postgres/session.ts')
  const parsed = parseAddress(url)
  if (parsed.kind === 'problem') throw new Error(parsed.message)
  const { signal } = new AbortController()
  const session = await Session.open({ address: parsed.address, insecure: false }, signal)
  return { ask: async (text) => (await session.ask(text, signal))[0] ?? [], [Symbol.dispose]: () => session.close() }
}

async function pidsOf(ask: Ask, name: string): Promise<string[]> {
  const others = `application_name = '${name}' AND pid <> pg_backend_pid()`
  return (await ask(`SELECT pid FROM pg_stat_activity WHERE ${others}`)).flatMap(({ pid }) => pid ?? [])
}

async function transactions(ask: Ask): Promise<number> {
  const [row] = await ask('SELECT xact_commit AS n FROM pg_stat_database WHERE datname = current_database()')
  return Number(row?.['n'])
}

/** CPU time that these processes have had, in ms, as Linux counts it. */
async function cpuOf(ours: readonly string[], theirs: readonly string[]): Promise<{ ours: number; theirs: number }> {
  const one = async (pid: string): Promise<number> =>
    Number((await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ', 1)[0]) / 1e6
  const sum = async (pids: readonly string[]): Promise<number> =>
    (await Promise.all(pids.map(one))).reduce((total, ms) => total + ms, 0)
  return { ours: await sum(ours), theirs: await sum(theirs) }
}

function tidyMB(): number {
  globalThis.gc?.()
  return rssMB()
}
