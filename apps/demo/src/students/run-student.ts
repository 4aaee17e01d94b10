import { sleep, type Clock } from '../clock.ts'
import { around, type Random } from '../random.ts'
import type { Step } from './plan-student.ts'
import type { WorkshopClient } from './workshop-client.ts'

const BUSY_POLL_MS = 4_000
const IDLE_POLL_MS = 12_000
const RETRY_MS = 5_000
const ATTEMPTS = 3
const CAPTIONS_PATIENCE_MS = 60_000
const PICTURE_BYTES = 2_750

export type StudentOptions = {
  name: string
  plan: readonly Step[]
  startMs: number
  client: WorkshopClient
  clock: Clock
  random: Random
  signal: AbortSignal
}

/** Lives one student's workshop: joins, uploads, looks for captions, exports and leaves. Rejects only when aborted. */
export async function runStudent(options: StudentOptions): Promise<void> {
  const { plan, startMs, clock, signal } = options
  let sessionId: string | undefined
  for (const { atMs, doing } of plan) {
    const untilMs = startMs + atMs
    if (sessionId) await look(options, sessionId, () => false, untilMs)
    else await sleep(clock, Math.max(0, untilMs - clock.nowMs()), signal)
    switch (doing.kind) {
      case 'arrive':
        sessionId = await join(options)
        // Turned away: there is no place today.
        if (!sessionId) return
        await upload(options, sessionId, doing.images)
        break
      case 'upload':
        if (sessionId) await upload(options, sessionId, doing.images)
        break
      case 'export':
        if (sessionId) await leave(options, sessionId)
        break
      default:
        doing satisfies never
    }
  }
}

async function join({ name, client, clock, signal }: StudentOptions): Promise<string | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const joined = await client.join(name)
    if (joined.kind === 'ok') return joined.value.id
    await sleep(clock, RETRY_MS, signal)
  }
  return undefined
}

async function upload({ client, random }: StudentOptions, sessionId: string, count: number): Promise<void> {
  const images = Array.from({ length: count }, (_, number) => ({
    name: `photo-${number + 1}.jpg`,
    data: Buffer.alloc(Math.round(around(random, PICTURE_BYTES, 0.4)), number).toString('base64'),
  }))
  // A failed upload is not repeated: in a class the next lab has begun by then.
  await client.upload(sessionId, images)
}

/** Waits for the last captions, exports, and leaves. */
async function leave(options: StudentOptions, sessionId: string): Promise<void> {
  const { client, clock, signal } = options
  await look(options, sessionId, ({ waiting }) => waiting === 0, clock.nowMs() + CAPTIONS_PATIENCE_MS)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if ((await client.export(sessionId)).kind === 'ok') return
    await sleep(clock, RETRY_MS, signal)
  }
}

/** Polls as the page does, often while captions are missing and seldom otherwise, until it is enough or too late. */
async function look(
  { client, clock, random, signal }: StudentOptions,
  sessionId: string,
  enough: (seen: { waiting: number }) => boolean,
  untilMs: number,
): Promise<void> {
  let waiting = 1
  while (clock.nowMs() < untilMs) {
    const pauseMs = around(random, waiting > 0 ? BUSY_POLL_MS : IDLE_POLL_MS, 0.2)
    await sleep(clock, Math.max(0, Math.min(pauseMs, untilMs - clock.nowMs())), signal)
    if (clock.nowMs() >= untilMs) return
    const progress = await client.progress(sessionId)
    if (progress.kind === 'ok') waiting = progress.value.waiting
    if (enough({ waiting })) return
  }
}
