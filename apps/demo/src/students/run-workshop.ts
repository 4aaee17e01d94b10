import { sleep, type Clock } from '../clock.ts'
import { seededRandom } from '../random.ts'
import type { Conditions } from '../simulated/conditions.ts'
import { pauseMs, phases, workshopMs } from './phases.ts'
import { planStudent } from './plan-student.ts'
import { runStudent } from './run-student.ts'
import { studentName } from './student-names.ts'
import { WorkshopClient } from './workshop-client.ts'

const STUDENTS = 30
/** Far enough apart that the students of two workshops never share a seed. */
const SEEDS_PER_WORKSHOP = 1_000

export type WorkshopOptions = {
  /** The service to load, without a slash at the end. */
  url: string
  clock: Clock
  /** The same seed makes the students do the same things at the same moments; how their requests meet is real. */
  seed: number
  /** Called at the start of every phase with what its world is like. */
  setConditions: (conditions: Conditions) => void
  signal: AbortSignal
}

/** One workshop of about ten minutes on `clock`. Resolves when everybody has left; rejects when aborted. */
export async function runWorkshop(options: WorkshopOptions): Promise<void> {
  const { url, clock, seed, signal } = options
  const startMs = clock.nowMs()
  // One student failing in a way nobody foresaw ends the others too, instead of leaving them behind.
  const failed = new AbortController()
  const stop = AbortSignal.any([signal, failed.signal])
  const client = new WorkshopClient(url, stop)

  const students = Array.from({ length: STUDENTS }, (_, index) => {
    const random = seededRandom(seed + index)
    const plan = planStudent({ phases, index, students: STUDENTS, random })
    return runStudent({
      name: studentName(index),
      plan,
      startMs,
      client,
      clock,
      random,
      signal: stop,
    })
  })
  const everything = [changeConditions({ ...options, signal: stop }, startMs), ...students]
  const ends = everything.map((end) => end.catch((error: unknown) => failed.abort(error)))
  await Promise.all(ends)
  signal.throwIfAborted()
  failed.signal.throwIfAborted()
}

/** Workshop after workshop with a pause between, until aborted. A workshop that breaks is reported, and the next one comes. */
export async function loopWorkshops(options: WorkshopOptions & { report: (error: unknown) => void }): Promise<void> {
  const { clock, seed, signal, report } = options
  for (let round = 0; !signal.aborted; round += 1) {
    try {
      await runWorkshop({ ...options, seed: seed + round * SEEDS_PER_WORKSHOP })
    } catch (error) {
      if (!signal.aborted) report(error)
    }
    await sleep(clock, pauseMs, signal).catch(() => 'aborted')
  }
}

async function changeConditions({ clock, setConditions, signal }: WorkshopOptions, startMs: number): Promise<void> {
  for (const { minute, conditions } of phases) {
    await sleep(clock, Math.max(0, startMs + minute * 60_000 - clock.nowMs()), signal)
    setConditions(conditions)
  }
  await sleep(clock, Math.max(0, startMs + workshopMs - clock.nowMs()), signal)
}
