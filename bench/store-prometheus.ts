import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@headroom/collector/sources/testing/free-port.ts'
import type { Sample } from '@headroom/shared/model/series.ts'

export type Prometheus = AsyncDisposable & {
  /** Samples of any series, each series' ascending. */
  write(samples: readonly Sample[]): Promise<void>
  /** The greatest value of each step of each series. */
  rangeMax(series: readonly number[], from: number, to: number, stepMs: number): Promise<unknown>
}

/** A Prometheus of our own on loopback, filled through its remote-write receiver. Stopped when disposed. */
export async function startPrometheus(folder: string): Promise<Prometheus> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'prometheus.yml'), 'global: {}\n')
  const origin = `http://127.0.0.1:${await freePort()}`
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=${new URL(origin).host}`,
      '--web.enable-remote-write-receiver',
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`${origin}/-/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break
    await sleep(100)
  }
  return {
    async write(samples) {
      const answer = await fetch(`${origin}/api/v1/write`, {
        method: 'POST',
        headers: {
          'content-encoding': 'snappy',
          'content-type': 'application/x-protobuf',
          'x-prometheus-remote-write-version': '0.1.0',
        },
        body: snappy(writeRequest(samples)),
      })
      if (!answer.ok) throw new Error(`Prometheus refused the samples: ${answer.status} ${await answer.text()}`)
    },
    async rangeMax(series, from, to, stepMs) {
      const step = stepMs / 1000
      const query = new URLSearchParams({
        query: `max_over_time(m{s=~"${series.join('|')}"}[${step}s])`,
        start: String(from / 1000),
        end: String(to / 1000),
        step: String(step),
      })
      const answer = await fetch(`${origin}/api/v1/query_range?${query.toString()}`)
      return answer.json()
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** The protobuf of remote write: WriteRequest { timeseries: [{ labels, samples: [{ value, timestamp }] }] }. */
function writeRequest(samples: readonly Sample[]): Buffer {
  const bySeries = Map.groupBy(samples, ({ series }) => series)
  return Buffer.concat(
    [...bySeries].map(([series, list]) => {
      const labels = [label('__name__', 'm'), label('s', String(series))]
      const points = list.map(({ at, value }) => {
        const double = Buffer.alloc(9)
        double[0] = 0x09
        double.writeDoubleLE(value, 1)
        return field(2, Buffer.concat([double, Buffer.from([0x10]), varint(at)]))
      })
      return field(1, Buffer.concat([...labels, ...points]))
    }),
  )
}

function label(name: string, value: string): Buffer {
  return field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))]))
}

function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([number * 8 + 2]), varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  bytes.push(rest)
  return Buffer.from(bytes)
}

/** Snappy's block format without compressing anything: literals only. */
function snappy(bytes: Buffer): Buffer<ArrayBuffer> {
  const parts = [varint(bytes.length)]
  for (let at = 0; at < bytes.length; at += 65_536) {
    const part = bytes.subarray(at, at + 65_536)
    const length = part.length - 1
    parts.push(Buffer.from([61 * 4, length & 255, length >> 8]), part)
  }
  return Buffer.concat(parts)
}
