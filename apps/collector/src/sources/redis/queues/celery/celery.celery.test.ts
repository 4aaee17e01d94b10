import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { systemClock, type Clock } from '../../../../lib/clock.ts'
import { Daemon } from '../../../testing/daemon.ts'
import { until } from '../../../testing/until.ts'
import { valuesOf } from '../../../testing/values.ts'
import type { PollSource } from '../../../types.ts'
import { openSource, poll, startRedis, type TestRedis } from '../../testing/redis-server.ts'

/** A real Celery application and its worker, with a real Redis as broker. */
let server: TestRedis
beforeEach(async () => {
  server = await startRedis()
})
afterEach(() => server[Symbol.asyncDispose]())

const WAITING = 'queue.length{queue="celery"}'
const TASKS = fileURLToPath(new URL('../../testing/celery_tasks.py', import.meta.url))

/** Python finds the tasks in the folder of the server, which whoever runs it may read. */
async function environment(prefix: string): Promise<Record<string, string>> {
  await copyFile(TASKS, join(server.folder, 'celery_tasks.py'))
  return { BROKER: `${server.url}/0`, PREFIX: prefix, PYTHONPATH: server.folder, PYTHONDONTWRITEBYTECODE: '1' }
}

async function send(queue: string, howMany: number, { seconds = 0, priority = 0, prefix = '' } = {}): Promise<void> {
  const words = [queue, String(howMany), String(seconds), String(priority)]
  const program = new Daemon([await python(), '-m', 'celery_tasks', ...words], { env: await environment(prefix) })
  if ((await program.code()) !== 0) throw new Error(`sending failed: ${program.said}`)
}

async function worker(queue: string): Promise<Daemon> {
  const words = ['-A', 'celery_tasks', 'worker', '-Q', queue, '-c', '1', '-P', 'solo', '--without-mingle']
  const started = new Daemon([await python(), '-m', 'celery', ...words], {
    cwd: server.folder,
    env: await environment(''),
    patient: false,
  })
  onTestFinished(() => started[Symbol.asyncDispose]())
  return started
}

/** The Python that this Celery runs in. */
async function python(): Promise<string> {
  const [first = ''] = (await readFile(process.env['HEADROOM_CELERY'] ?? '', 'utf8')).split('\n', 1)
  return first.includes('python') ? first.slice(2).trim() : '/usr/bin/python3'
}

function source(given: Partial<Parameters<typeof openSource>[0]> = {}): PollSource {
  const opened = openSource({ url: server.url, ...given })
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

describe('Celery', () => {
  test('is found by itself: what waits in its queues, of every priority', async () => {
    await send('celery', 3)
    await send('celery', 2, { priority: 9 })
    await send('thumbnails', 4)
    const reading = await poll(source())
    expect(reading.error).toBeUndefined()
    expect(valuesOf(reading)).toMatchObject({
      'queue.length{queue="celery"}': 5,
      'queue.length{queue="thumbnails"}': 4,
      'queue.reserved': 0,
    })
    // What Celery does not write into Redis is not known, and not nought.
    const names = reading.points.map(({ metric, rate }) => rate ?? metric)
    expect(names.filter((name) => /^(jobs|workers)\./.test(name))).toEqual([])
    expect(reading.texts).toContainEqual({ path: 'queues', lines: ['Celery: celery, thumbnails'] })
  })

  test('that uses its default queue is found at once, however many other keys there are', async () => {
    for (let batch = 0; batch < 20; batch++)
      await server.ask([
        'MSET',
        ...Array.from({ length: 1_000 }, (_, index) => [`session:${batch}:${index}`, 1]).flat(),
      ])
    await send('celery', 2)
    expect(valuesOf(await poll(source()))).toMatchObject({ 'queue.length{queue="celery"}': 2 })
  })

  test('its worker takes tasks, and holds what it has not finished', async () => {
    await send('celery', 6, { seconds: 30 })
    await worker('celery')
    const opened = source({ queues: 'celery' })
    // While it takes a task, that is for a moment in neither place.
    const found = await until(
      async () => valuesOf(await poll(opened)),
      (now) => (now['queue.reserved'] ?? 0) > 0 && (now['queue.reserved'] ?? 0) + (now[WAITING] ?? 0) === 6,
    )
    expect(found[WAITING]).toBeLessThan(6)
  })

  test('says how long nobody has taken the task in front, at the least', async () => {
    let ahead = 0
    const clock: Clock = { ...systemClock, now: () => Date.now() + ahead }
    await send('celery', 2)
    const opened = source({ clock, queues: 'celery' })
    const oldest = async (): Promise<number | undefined> =>
      valuesOf(await poll(opened))['queue.oldest_seconds{queue="celery"}']
    expect(await oldest()).toBeUndefined()
    ahead = 700_000
    for (let look = 0; look < 3; look++) await oldest()
    expect(await oldest()).toBeGreaterThan(699)
    // Somebody took it: since when the next one waits is not known.
    await server.ask(['RPOP', 'celery'])
    for (let look = 0; look < 3; look++) await oldest()
    expect(await oldest()).toBeUndefined()
    await server.ask(['DEL', 'celery'])
    expect(await oldest()).toBe(0)
  })

  test('under a global prefix', async () => {
    await send('celery', 2, { prefix: 'shop:' })
    expect(valuesOf(await poll(source({ queues: 'celery', prefix: 'shop:' })))).toMatchObject({
      'queue.length{queue="celery"}': 2,
    })
  })
})
