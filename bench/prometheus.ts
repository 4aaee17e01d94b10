import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { SOURCES } from '@headroom/collector/sources/index.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'

/**
 * What an exposition costs: one such as a node exporter's (1,500 series), and one of 20,000 series, each asked by the source
 * and, in turn with it, by a plain `fetch` and `JSON.parse` of as many bytes that hold the same samples as JSON.
 * Usage: node bench/prometheus.ts [looks]
 */
const [ROLE, ...WORDS] = process.argv[2] === 'watch' ? process.argv.slice(2) : ['serve', ...process.argv.slice(2)]
const LOOKS = Number(WORDS[0] ?? 200)
/** A large one is asked less often, for it takes longer. */
const LARGE_SHARE = 10
/** As the launcher starts the collector: small rather than fast. */
const NODE_FLAGS = ['--optimize-for-size', '--no-maglev', '--semi-space-growth-factor=1', '--expose-gc']
const TARGETS = { share: 1, megabytes: 5 }

type Family = { name: string; type: string; labels: readonly string[]; each: readonly number[] }

/** The families of a node exporter of a machine with 16 cores, 20 disks and 20 interfaces, by how many series they have. */
const NODE_EXPORTER: readonly Family[] = [
  family('node_cpu_seconds_total', 'counter', {
    cpu: 16,
    mode: ['idle', 'iowait', 'irq', 'nice', 'softirq', 'steal', 'system', 'user'],
  }),
  ...numbered('node_disk', 20, 'counter', { device: 20 }),
  ...numbered('node_network', 25, 'counter', { device: 20 }),
  ...['size', 'free', 'avail', 'files', 'files_free', 'readonly'].map((word) =>
    family(`node_filesystem_${word}_bytes`, 'gauge', { mountpoint: 10 }),
  ),
  ...['MemTotal', 'MemFree', 'MemAvailable', 'Buffers', 'Cached', 'SwapTotal'].map((word) =>
    family(`node_memory_${word}_bytes`, 'gauge', {}),
  ),
  ...numbered('node_netstat', 200, 'gauge', {}),
  ...numbered('node_vmstat', 150, 'gauge', {}),
  family('node_load1', 'gauge', {}),
  family('node_boot_time_seconds', 'gauge', {}),
]
/** An application that measures every route: 25 buckets, of 800 sets of labels. */
const APPLICATION: readonly Family[] = [
  family('http_request_duration_seconds_bucket', 'histogram', {
    route: 80,
    method: ['GET', 'POST'],
    status: ['200', '302', '404', '500', '503'],
    le: Array.from({ length: 25 }, (_, index) => String(0.001 * 1.6 ** index)),
  }),
]
const PAGES = { small: NODE_EXPORTER, large: APPLICATION }
type Page = keyof typeof PAGES

if (ROLE === 'watch') await watch(WORDS[1] ?? '')
else await serve()

async function serve(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-prometheus-'))
  const server = await listen()
  try {
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    // As `npm start` does it: Node has seen the sources before, for taking the types out of them leaves memory behind.
    const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
    await run(['watch', '2', url, 'quiet'], env)
    process.exitCode = await run(['watch', String(LOOKS), url], env)
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const stdio = words.includes('quiet') ? 'ignore' : 'inherit'
  const child = spawn(process.execPath, [...NODE_FLAGS, fileURLToPath(import.meta.url), ...words], { env, stdio })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}

/** Answers each page as text, and beneath `/json` as JSON of as many bytes. Its numbers grow from answer to answer. */
async function listen(): Promise<Server> {
  let look = 0
  const server = createServer((request, response) => {
    const [, page = '', form] = (request.url ?? '').split('/')
    const text = expositionOf(PAGES[page === 'large' ? 'large' : 'small'], look++)
    if (form !== 'json') return void response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text)
    response.writeHead(200, { 'content-type': 'application/json' }).end(asJson(text))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

async function watch(url: string): Promise<void> {
  const { prometheus } = SOURCES
  const signal = AbortSignal.timeout(600_000)
  const common = { id: 'prometheus', ...prometheus.defaults, labels: {} }
  const parts = { clock: systemClock, log: silentLogger }
  const open = (page: Page): ReturnType<typeof prometheus.open> =>
    prometheus.open({ ...prometheus.schema.parse({ url: `${url}/${page}` }), ...common, timeoutMs: 60_000 }, parts)
  // What asking over HTTP takes is not the source's, nor what any process pays for a body of this size.
  await using json = SOURCES['http-json'].open(
    { ...SOURCES['http-json'].schema.parse({ url: `${url}/small/json` }), ...common, maxSeries: 1 },
    parts,
  )
  for (let look = 0; look < 20; look++) await json.poll?.(signal)
  const results: boolean[] = []
  for (const page of ['small', 'large'] as const) {
    const looks = page === 'small' ? LOOKS : Math.ceil(LOOKS / LARGE_SHARE)
    const before = settledMB()
    await using source = open(page)
    const cpu = { ours: 0, plain: 0 }
    for (let look = 0; look < looks; look++) {
      const began = process.cpuUsage()
      const reading = await source.poll?.(signal)
      cpu.ours += spent(began)
      if (reading?.error !== undefined) throw new Error(reading.error.message)
      if (look === 0) console.log(`${page}: ${reading?.points.length} values, ${reading?.leftOut} left out`)
    }
    const megabytes = settledMB() - before
    // In turn with the source again, so that both have the machine as it is now.
    cpu.ours = 0
    for (let look = 0; look < looks; look++) {
      const began = process.cpuUsage()
      await source.poll?.(signal)
      cpu.ours += spent(began)
      const plain = process.cpuUsage()
      JSON.parse(await (await fetch(`${url}/${page}/json`)).text())
      cpu.plain += spent(plain)
    }
    const [ours, plain] = [cpu.ours / looks, cpu.plain / looks]
    const seconds = prometheus.defaults.everyMs / 1_000
    console.log(
      `  CPU a look ${ours.toFixed(2)} ms; plain fetch and JSON.parse of as many bytes ${plain.toFixed(2)} ms: ${(ours / plain).toFixed(2)} x`,
    )
    results.push(report(`  share of a core, one every ${seconds} s, %`, ours / seconds / 10, TARGETS.share, 3))
    results.push(report('  memory of the source, MB', megabytes, TARGETS.megabytes, 1))
  }
  process.exitCode = results.every(Boolean) ? 0 : 1
}

function family(name: string, type: string, by: Readonly<Record<string, number | readonly string[]>>): Family {
  const labels = Object.entries(by).reduce<string[]>(
    (sets, [label, values]) => {
      const all = typeof values === 'number' ? Array.from({ length: values }, (_, index) => `${label}${index}`) : values
      return sets.flatMap((set) => all.map((value) => `${set === '' ? '' : `${set},`}${label}="${value}"`))
    },
    [''],
  )
  return { name, type, labels, each: labels.map((_, index) => (index % 25) + 1) }
}

function numbered(name: string, many: number, type: string, by: Readonly<Record<string, number>>): Family[] {
  return Array.from({ length: many }, (_, index) =>
    family(`${name}_figure_${index}${type === 'counter' ? '_total' : ''}`, type, by),
  )
}

function expositionOf(families: readonly Family[], look: number): string {
  const lines = families.flatMap(({ name, type, labels, each }) => [
    `# HELP ${name} What ${name.replaceAll('_', ' ')} is.`,
    `# TYPE ${name.replace(/_bucket$/, '')} ${type}`,
    ...labels.map((set, index) => `${name}${set === '' ? '' : `{${set}}`} ${(each[index] ?? 1) * (look + 1)}.25`),
  ])
  return `${lines.join('\n')}\n`
}

/** The same samples as JSON, cut or filled so that it is as long. */
function asJson(text: string): string {
  const samples: unknown[] = []
  let length = 2
  for (const line of text.split('\n')) {
    const [, name, set = '', value] = /^([a-z]\w*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? []
    if (name === undefined) continue
    const labels = Object.fromEntries([...set.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, said]) => [label, said]))
    const sample = { name, labels, value: Number(value) }
    const size = JSON.stringify(sample).length + 1
    if (length + size > text.length) break
    length += size
    samples.push(sample)
  }
  return `${JSON.stringify(samples)}${' '.repeat(Math.max(0, text.length - length))}`
}

function spent(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1_000
}

function settledMB(): number {
  for (let time = 0; time < 3; time++) globalThis.gc?.()
  return process.memoryUsage().rss / 1e6
}

function report(name: string, value: number, target: number, digits: number): boolean {
  const fine = value <= target
  console.log(`${name}: ${value.toFixed(digits)} (at most ${target})${fine ? '' : '  MISSED'}`)
  return fine
}
