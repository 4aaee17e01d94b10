import { describe, expect, test } from 'vitest'
import { FakeClock, settled } from '../testing/fake-clock.ts'
import { sleep } from '../clock.ts'
import { JobQueue, type JobOutcome } from './job-queue.ts'

type Run = (job: string, signal: AbortSignal) => Promise<JobOutcome>

function newQueue(run: Run, clock: FakeClock, reported: unknown[] = []): JobQueue<string> {
  return new JobQueue({
    workers: 2,
    maxLength: 3,
    clock,
    run,
    report: (error) => reported.push(error),
  })
}

/** Jobs that take a minute; `begun` lists them as they are taken. */
function minuteJobs(clock: FakeClock, begun: string[]): Run {
  return async (job, signal) => {
    begun.push(job)
    await sleep(clock, 60_000, signal)
    return 'finished'
  }
}

describe('a job queue', () => {
  test('keeps as many jobs running as it has workers, and the rest in line, oldest first', async () => {
    const clock = new FakeClock()
    const begun: string[] = []
    await using queue = newQueue(minuteJobs(clock, begun), clock)
    for (const job of ['a', 'b', 'c', 'd']) queue.enqueue(job)
    expect(queue.figures).toMatchObject({ length: 2, running: 2, workers: 2 })

    await clock.advance(60_000)
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    expect(queue.figures).toMatchObject({ length: 0, running: 2, finishedTotal: 2 })
  })

  test('knows how long the oldest one has waited', async () => {
    const clock = new FakeClock()
    await using queue = newQueue(minuteJobs(clock, []), clock)
    for (const job of ['a', 'b', 'c']) queue.enqueue(job)
    await clock.advance(12_000)
    queue.enqueue('d')
    expect(queue.figures.oldestMs).toBe(12_000)
  })

  test('refuses what does not fit', async () => {
    const clock = new FakeClock()
    await using queue = newQueue(minuteJobs(clock, []), clock)
    const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map((job) => queue.enqueue(job))
    expect(answers).toEqual(['queued', 'queued', 'queued', 'queued', 'queued', 'full'])
    expect(queue.room).toBe(0)
  })

  test('counts a job that throws as failed, reports it, and goes on', async () => {
    const clock = new FakeClock()
    const reported: unknown[] = []
    const broken = new Error('broken')
    const run: Run = (job) => (job === 'bad' ? Promise.reject(broken) : Promise.resolve('finished'))
    await using queue = newQueue(run, clock, reported)
    for (const job of ['bad', 'good', 'good']) queue.enqueue(job)
    await settled()
    expect(queue.figures).toMatchObject({
      length: 0,
      running: 0,
      finishedTotal: 2,
      failedTotal: 1,
    })
    expect(reported).toEqual([broken])
  })

  test('when closed aborts its jobs, forgets the rest, takes no more, and reports nothing', async () => {
    const clock = new FakeClock()
    const reported: unknown[] = []
    const queue = newQueue(minuteJobs(clock, []), clock, reported)
    for (const job of ['a', 'b', 'c']) queue.enqueue(job)
    await queue[Symbol.asyncDispose]()
    expect(queue.figures).toMatchObject({ length: 0, running: 0 })
    expect(queue.enqueue('d')).toBe('closed')
    expect(clock.pending).toBe(0)
    expect(reported).toEqual([])
  })
})
