/**
 * What live viewers cost: 1,000 dashboards get a 20 KB frame every second over loopback; how long from publish to
 * receipt, and how much CPU. Then the same with one more client that reads nothing.
 *
 *   node bench/live.ts [--clients 1000] [--kb 20] [--seconds 12]
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createHub } from '@headroom/collector/live/hub.ts'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import type { LiveHub } from '@headroom/collector/live/types.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'
import type { LiveValue } from '@headroom/shared/protocol.ts'

const TARGET_P99_MS = 100
const TARGET_STALLED_BYTES = 1024 * 1024

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '1000' },
    kb: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '12' },
  },
})
const options = { clients: Number(values.clients), bytes: Number(values.kb) * 1024, seconds: Number(values.seconds) }

type Rig = AsyncDisposable & { hub: LiveHub; port: number; sockets: Set<Socket>; publish: () => void }
type Result = { p50: number; p99: number; max: number; received: number; cpu: number }

/** Epoch milliseconds with fractions: the same in both processes of one machine. */
function now(): number {
  return performance.timeOrigin + performance.now()
}

async function startRig(): Promise<Rig> {
  let seq = 0
  const hub = createHub({
    clock: systemClock,
    log: silentLogger,
    limits: { drainMs: 600_000 },
    snapshot: () => ({ now: Date.now(), seq, stored: true, demo: false, systems: [], series: [], alerts: [] }),
  })
  const server = createServer()
  const sockets = new Set<Socket>()
  server.on('upgrade', (request, socket, head) => {
    sockets.add(request.socket)
    hub.accept({ request, socket, head }, { name: 'bench', role: 'viewer' })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  // A value is about 26 bytes: [1234,1764057600000,12.345],
  const filler: LiveValue[] = Array.from({ length: Math.floor(options.bytes / 27) }, (_, index) => [
    1_000 + index,
    1_764_057_600_000 + index,
    12.345,
  ])
  return {
    hub,
    sockets,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    publish: () =>
      hub.publish([{ kind: 'tick', seq: ++seq, at: Date.now(), values: [[1, now(), 0], ...filler] }], true),
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]()
      server.close()
    },
  }
}

/** Fills everything between here and a client that reads nothing, until the hub holds frames back from it. */
async function stalledClient(rig: Rig): Promise<{ socket: Socket; held: () => number }> {
  const before = new Set(rig.sockets)
  const socket = connect(rig.port, '127.0.0.1')
  socket.write(
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  while (rig.hub.viewers() === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const mine = [...rig.sockets].find((other) => !before.has(other))
  const held = (): number => mine?.writableLength ?? 0
  for (let burst = 0; burst < 2_000 && held() < TARGET_STALLED_BYTES - 2 * options.bytes; burst++) {
    rig.publish()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { socket, held }
}

async function measure(rig: Rig): Promise<Result> {
  const child = fork(fileURLToPath(new URL('live-clients.ts', import.meta.url)), [
    String(rig.port),
    String(options.clients),
  ])
  await once(child, 'message')
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  for (let second = 0; second < options.seconds; second++) {
    rig.publish()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  const cpu = process.cpuUsage(cpuBefore)
  const elapsed = performance.now() - startedAt
  child.send('report')
  const [latencies]: number[][] = await once(child, 'message')
  child.kill()
  const sorted = (latencies ?? []).toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return {
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    received: sorted.length,
    cpu: (cpu.user + cpu.system) / 1_000 / elapsed,
  }
}

function print(name: string, result: Result): void {
  const { p50, p99, max, received, cpu } = result
  const expected = options.clients * options.seconds
  console.log(
    `${name}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms, ${received} of ${expected} frames, CPU ${(cpu * 100).toFixed(1)} % of a core`,
  )
}

console.log(`${options.clients} clients x ${(options.bytes / 1024).toFixed(0)} KB x 1 Hz for ${options.seconds} s`)

await using alone = await startRig()
const quick = await measure(alone)
print('all read', quick)

await using beside = await startRig()
const { socket, held } = await stalledClient(beside)
const heldBefore = held()
const slowed = await measure(beside)
print('one reads nothing', slowed)
const worst = Math.max(heldBefore, held())
socket.destroy()

console.log(`p99 / target of ${TARGET_P99_MS} ms: ${(quick.p99 / TARGET_P99_MS).toFixed(2)}`)
console.log(`p99 with a stalled client / without: ${(slowed.p99 / quick.p99).toFixed(2)}`)
console.log(
  `held for the stalled client / 1 MiB: ${(worst / TARGET_STALLED_BYTES).toFixed(2)} (${Math.round(worst / 1024)} KB, ${heldBefore === held() ? 'unchanged' : 'changed'} over the run)`,
)
process.exitCode =
  quick.p99 <= TARGET_P99_MS && slowed.p99 <= TARGET_P99_MS && worst <= TARGET_STALLED_BYTES * 1.01 ? 0 : 1
