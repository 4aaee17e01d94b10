import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { runtimeFlags } from '../scripts/launch/workspace.mjs'

/**
 * What the collector costs in the demo, the browser closed: its memory and its share of a core, read from the kernel's
 * own figures for its process. The sample workshop is a process of its own, and is not counted.
 * Usage: node bench/demo.ts [minutes] [cold]   (a whole workshop is eleven; `cold`: Node has not seen the sources yet)
 */
const MINUTES = Number(process.argv[2] ?? 3)
const COLD = process.argv[3] === 'cold'
const TARGETS = { rssMB: 120, coreShare: 0.03 }
/** Ticks a second of /proc/PID/stat, which Linux fixes for every machine. */
const HERTZ = 100
const folder = await mkdtemp(join(tmpdir(), 'headroom-demo-'))
/** Started the way `npm start` does it: with its flags, and with what Node kept of the sources at an earlier start. */
const program = [...runtimeFlags, fileURLToPath(new URL('../apps/collector/src/main.ts', import.meta.url))]
const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
if (!COLD) execFileSync(process.execPath, [...program, '--version'], { env })
const words = ['start', '--demo', '--port', '0', '--data', join(folder, 'data')]
const collector = spawn(process.execPath, [...program, ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] })
try {
  const lines = createInterface({ input: collector.stdout })
  await new Promise<void>((resolve) => lines.on('line', (line) => line.includes(' is at ') && resolve()))
  const pid = collector.pid ?? 0
  const rss: number[] = []
  const [cpuAtFirst, began] = [cpuSeconds(pid), performance.now()]
  while (performance.now() - began < MINUTES * 60_000) {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    rss.push(rssMB(pid))
  }
  const share = (cpuSeconds(pid) - cpuAtFirst) / ((performance.now() - began) / 1_000)
  rss.sort((a, b) => a - b)
  const most = rss.at(-1) ?? Number.NaN
  console.log(
    `collector in the demo, ${COLD ? 'cold, ' : ''}${MINUTES} min: RSS p50 ${(rss[rss.length >> 1] ?? Number.NaN).toFixed(0)} MB, max ${most.toFixed(0)} MB; ${(100 * share).toFixed(1)} % of a core`,
  )
  console.log(`RSS max is ${(most / TARGETS.rssMB).toFixed(2)} of the ${TARGETS.rssMB} MB it may take`)
  console.log(
    `CPU is ${(share / TARGETS.coreShare).toFixed(2)} of the ${100 * TARGETS.coreShare} % of a core it may take`,
  )
  process.exitCode = most <= TARGETS.rssMB && share <= TARGETS.coreShare ? 0 : 1
} finally {
  collector.kill('SIGTERM')
  await new Promise((resolve) => collector.once('exit', resolve))
  await rm(folder, { recursive: true, force: true })
}

/** Memory in MB (10^6 bytes), as the kernel counts it. */
function rssMB(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return (Number(kib) * 1024) / 1e6
}

function cpuSeconds(pid: number): number {
  // The second field is the program's name in parentheses, which may hold anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / HERTZ
}
