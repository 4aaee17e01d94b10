import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Daemon } from '../../testing/daemon.ts'
import { until } from '../../testing/until.ts'
import type { TestRedis } from './redis-server.ts'

const JOBS = fileURLToPath(new URL('rq_jobs.py', import.meta.url))

/** Python finds the jobs in the folder of the server, which whoever runs it may read. */
async function environment(server: TestRedis): Promise<Record<string, string>> {
  await copyFile(JOBS, join(server.folder, 'rq_jobs.py'))
  return { PYTHONPATH: server.folder, PYTHONDONTWRITEBYTECODE: '1' }
}

/** Puts jobs into a queue, as a program that uses RQ does: `quick`, `slow` (its seconds) or `fail`. */
export async function enqueue(
  server: TestRedis,
  queue: string,
  job: 'quick' | 'slow' | 'fail',
  howMany: number,
  ...args: number[]
): Promise<void> {
  const env = await environment(server)
  const words = [server.url, queue, job, String(howMany), ...args.map(String)]
  const program = new Daemon([await python(), join(server.folder, 'rq_jobs.py'), ...words], { env })
  if ((await program.code()) !== 0) throw new Error(`enqueueing failed: ${program.said}`)
}

/** Starts a real worker, and waits until it listens. */
export async function startWorker(server: TestRedis, name: string, queues: readonly string[]): Promise<Daemon> {
  const env = await environment(server)
  const worker = new Daemon([rq(), 'worker', '--url', server.url, '--name', name, ...queues], { env, patient: false })
  await until(
    () => worker.said,
    (said) => said.includes('Listening on') || !worker.running,
  )
  if (!worker.running) throw new Error(`the worker ended: ${worker.said}`)
  return worker
}

function rq(): string {
  return process.env['HEADROOM_RQ'] ?? '/usr/bin/rq'
}

/** The Python that this RQ runs in. */
async function python(): Promise<string> {
  const [first = ''] = (await readFile(rq(), 'utf8')).split('\n', 1)
  return first.startsWith('#!/') ? first.slice(2).trim() : '/usr/bin/python3'
}
