import { cpus, totalmem } from 'node:os'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { expect, it } from 'vitest'
import { until } from '../../../test/support/until.ts'
import { systemClock } from '../../lib/clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { prometheus } from './prometheus.ts'
import { run } from './testing/program.ts'
import { freePort } from '../testing/free-port.ts'

const PROGRAM = process.env['HEADROOM_NODE_EXPORTER'] ?? ''

it('a real node_exporter is this machine: CPU, memory, disks, network, load, uptime; in both formats alike', async () => {
  const port = await freePort()
  await using _exporter = run(PROGRAM, [`--web.listen-address=127.0.0.1:${port}`, '--no-collector.textfile'])
  const options = prometheus.schema.parse({ url: `http://127.0.0.1:${port}/metrics` })
  await using source = prometheus.open(
    { ...options, id: 'machine', everyMs: 1_000, timeoutMs: 60_000, maxSeries: 2_000, labels: {} },
    { clock: systemClock, log: silentLogger },
  )
  const ask = (): Promise<Reading> => source.poll(AbortSignal.timeout(60_000))
  const first = await until(ask, ({ error }) => error === undefined)
  expect(first.mapped.find(({ metric }) => metric === 'cpu.used_percent')?.value).toBe(
    'known from the second answer on',
  )
  // The kernel counts in hundredths of a second: in the very next answer it may not have moved.
  const { up, points, leftOut } = await until(ask, (later) =>
    later.points.some(({ metric }) => metric === 'cpu.used_percent'),
  )
  const value = (metric: string): number => points.find((point) => point.metric === metric)?.value ?? NaN
  expect([up, leftOut]).toEqual([1, 0])
  expect(value('memory.limit_bytes')).toBeCloseTo(totalmem(), -6)
  expect(value('memory.used_percent')).toBeGreaterThan(0)
  expect(value('memory.used_percent')).toBeLessThan(100)
  expect(value('cpu.used_percent')).toBeGreaterThanOrEqual(0)
  expect(value('cpu.used_percent')).toBeLessThanOrEqual(100)
  expect(value('load.1m')).toBeGreaterThanOrEqual(0)
  expect(value('load.1m')).toBeLessThan(100 * cpus().length)
  expect(value('uptime.seconds')).toBeGreaterThan(0)
  for (const { metric, labels } of points) {
    if (metric === 'disk.used_percent') expect(Object.keys(labels)).toEqual(['disk'])
    if (metric === 'network.in_bytes_per_second') expect(labels['interface']).not.toBe('lo')
  }
  expect(points.some(({ metric }) => /^(go_|process_|promhttp_)/.test(metric))).toBe(false)
})
