import { Frames } from '@headroom/shared/contracts.ts'
import { expect, test } from 'vitest'
import type { Identity } from '../http/types.ts'
import { serve } from '../http/testing/serve.ts'
import { startRig, type Rig } from './testing/rig.ts'
import type { LivePoll } from './types.ts'

const ADMIN: Identity = { name: 'local', role: 'admin' }
const NEVER = new AbortController().signal

async function poll(rig: Rig, place: Partial<LivePoll> = {}, viewer = ADMIN): Promise<Frames> {
  const polled = await rig.hub.poll({ waitMs: 0, signal: NEVER, ...place }, viewer)
  if (polled.kind === 'refused') throw new Error(polled.reason)
  return Frames.parse(JSON.parse(polled.json.toString()))
}

/** What it holds, as `kind seq<prev`. */
function told({ frames }: Frames): string[] {
  return frames.map((frame) => ('prev' in frame ? `${frame.kind} ${frame.seq}<${frame.prev}` : frame.kind))
}

test('[LV26] without a place, of another stream, or of one not reached: a hello, and the place to go on from', async () => {
  await using rig = await startRig()
  rig.tick(4)
  const first = await poll(rig)
  expect([told(first), first.seq, first.stream]).toEqual([['hello'], 4, rig.hub.stream])
  expect(first.frames[0]).toMatchObject({ stream: first.stream, role: 'admin', seq: 4 })
  for (const place of [
    { stream: 'of yesterday', after: 4 },
    { stream: first.stream },
    { stream: first.stream, after: 5 },
  ])
    expect(told(await poll(rig, place))).toEqual(['hello'])
})

test('[LV26] a hello before any frame is a place too: what follows is sent, not greeted anew', async () => {
  await using rig = await startRig()
  const { stream, seq } = await poll(rig)
  expect(told(await poll(rig, { stream, after: seq }))).toEqual([])
  rig.tick(seq + 3)
  expect(told(await poll(rig, { stream, after: seq }))).toEqual([`tick ${seq + 3}<${seq}`])
})

test('[LV27] every frame after the place, in order, the very ones a socket is sent', async () => {
  await using rig = await startRig()
  const socket = await rig.client()
  const { stream } = await socket.hello()
  await poll(rig)
  rig.tick(1)
  rig.tick(2, [1], false)
  rig.tick(5)
  const bySocket = [await socket.next(), await socket.next(), await socket.next()]
  const answer = await poll(rig, { stream, after: 0 })
  expect(answer.frames).toEqual(bySocket)
  expect(told(answer)).toEqual(['tick 1<0', 'tick 2<1', 'tick 5<2'])
  expect(answer.seq).toBe(5)
  expect(told(await poll(rig, { stream, after: 2 }))).toEqual(['tick 5<2'])
})

test('[LV27] [LV11] an identity bound to systems is told no others, and does not stay behind for it', async () => {
  await using rig = await startRig()
  const bound: Identity = { name: 'guest', role: 'viewer', systems: ['b'] }
  const { stream, seq, frames } = await poll(rig, {}, bound)
  expect(frames).toMatchObject([{ kind: 'hello', role: 'viewer', systems: [{ id: 'b' }] }])
  rig.tick(1, [1])
  rig.tick(2, [1, 2])
  rig.tick(3, [1])
  const answer = await poll(rig, { stream, after: seq }, bound)
  expect([told(answer), answer.seq]).toEqual([['tick 2<0'], 3])
  expect(answer.frames).toMatchObject([{ values: [[2, expect.any(Number), 2]] }])
})

test('[LV28] what is gone from the ring is a gap that covers its times, and a hello', async () => {
  await using rig = await startRig({ maxRingFrames: 3 })
  const startedAt = rig.clock.now()
  const { stream } = await poll(rig)
  for (let seq = 1; seq <= 6; seq++) {
    await rig.clock.advance(20_000)
    rig.tick(seq)
  }
  const { frames, seq } = await poll(rig, { stream, after: 2 })
  expect(frames[0]).toEqual({ kind: 'gap', seq: 6, prev: 2, from: startedAt + 40_000, to: rig.clock.now() })
  expect([frames[1]?.kind, seq]).toEqual(['hello', 6])
  expect(told(await poll(rig, { stream, after: seq }))).toEqual([])
})

test('[LV29] waits for something to say, and says what comes together at once', async () => {
  await using rig = await startRig()
  const { stream, seq } = await poll(rig)
  const answer = poll(rig, { stream, after: seq, waitMs: 25_000 })
  await rig.clock.advance(10_000)
  rig.tick(1)
  await rig.clock.advance(100)
  rig.tick(2)
  await rig.clock.advance(100)
  expect(told(await answer)).toEqual(['tick 1<0', 'tick 2<1'])
})

test('[LV29] with nothing to say for that long, the answer holds nothing; nor is it disturbed by what is not for it', async () => {
  await using rig = await startRig()
  const bound: Identity = { name: 'guest', role: 'viewer', systems: ['b'] }
  const { stream, seq } = await poll(rig, {}, bound)
  let done = false
  const answer = poll(rig, { stream, after: seq, waitMs: 5_000 }, bound).finally(() => (done = true))
  rig.tick(1, [1])
  await rig.clock.advance(4_999)
  expect(done).toBe(false)
  await rig.clock.advance(1)
  expect(await answer).toMatchObject({ frames: [], seq: 1 })
})

test('[LV30] an answer is bounded; the questions that follow bring the rest', async () => {
  await using rig = await startRig({ maxPollBytes: 500 })
  const { stream } = await poll(rig)
  for (let seq = 1; seq <= 100; seq++) rig.tick(seq)
  const all: string[] = []
  for (let after = 0, asked = 0; after < 100; asked++) {
    const answer = await poll(rig, { stream, after })
    expect(answer.frames.length).toBeLessThan(20)
    expect(asked).toBeLessThan(100)
    all.push(...told(answer))
    after = answer.seq
  }
  expect(all).toEqual(Array.from({ length: 100 }, (_, index) => `tick ${index + 1}<${index}`))
})

test('[LV31] so many may wait; who does not wait, or need not, is answered all the same', async () => {
  await using rig = await startRig({ maxWaiting: 2 })
  const { stream, seq } = await poll(rig)
  const left = new AbortController()
  const [stays, leaves] = [NEVER, left.signal].map((signal) => poll(rig, { stream, after: seq, waitMs: 9_000, signal }))
  expect(rig.hub.viewers()).toBe(2)
  await expect(poll(rig, { stream, after: seq, waitMs: 9_000 })).rejects.toThrow('2 requests wait')
  expect(told(await poll(rig, { stream, after: seq }))).toEqual([])
  left.abort()
  await leaves
  expect(rig.hub.viewers()).toBe(1)
  rig.tick(1)
  await rig.clock.advance(200)
  expect(await stays).toMatchObject({ frames: [{ kind: 'tick', seq: 1, prev: 0 }] })
})

test('[LV32] who waits is told bye when the identity or the collector ends, and nobody waits after that', async () => {
  await using rig = await startRig()
  const { stream, seq } = await poll(rig)
  const guest: Identity = { name: 'guest', role: 'viewer' }
  const theirs = poll(rig, { stream, after: seq, waitMs: 9_000 }, guest)
  const ours = poll(rig, { stream, after: seq, waitMs: 9_000 })
  expect(rig.hub.end(({ name }) => name === 'guest', 'the token was revoked')).toBe(1)
  expect((await theirs).frames).toMatchObject([{ kind: 'bye', reason: 'the token was revoked' }])
  rig.hub.close('it is over')
  expect((await ours).frames).toMatchObject([{ kind: 'bye', reason: 'it is over' }])
  await expect(poll(rig)).rejects.toThrow('it is over')
})

test('[LV33] asked over HTTP: Host, identity and Origin are judged as for the socket', async () => {
  await using served = await serve()
  const answer = await served.get('/api/v1/frames')
  expect([answer.status, Frames.parse(answer.json).frames[0]?.kind]).toEqual([200, 'hello'])
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await served.get('/api/v1/frames', { headers })).status
  expect(await status({ host: 'evil.example' })).toBe(421)
  expect(await status({ origin: 'https://evil.example' })).toBe(403)
  expect(await status({ origin: `http://127.0.0.1:${served.http.port}`, host: `127.0.0.1:${served.http.port}` })).toBe(
    200,
  )
  expect(await status({ 'x-forwarded-for': '10.0.0.1' })).toBe(401)
  for (const query of ['wait=25001', 'wait=x', 'after=-1', 'after=1.5'])
    expect([query, (await served.get(`/api/v1/frames?${query}`)).status]).toEqual([query, 400])
})

test('[LV31] asked over HTTP: a connection that goes waits no more, and one too many is told what to do', async () => {
  await using served = await serve({ liveLimits: { maxWaiting: 1 } })
  const { stream, seq } = Frames.parse((await served.get('/api/v1/frames')).json)
  const path = `/api/v1/frames?stream=${stream}&after=${seq}&wait=20000`
  const gone = new AbortController()
  const asked = fetch(`${served.http.url}${path}`, { signal: gone.signal }).catch(() => null)
  await expect.poll(() => served.hub.viewers()).toBe(1)
  const refused = await served.get(path)
  expect([refused.status, refused.json]).toEqual([
    503,
    { error: { code: 'live_full', message: expect.stringContaining('ask again') as string } },
  ])
  gone.abort()
  await asked
  await expect.poll(() => served.hub.viewers()).toBe(0)
})

test('[LV32] asked over HTTP: closing answers who waits, so that the server need not wait for them', async () => {
  await using served = await serve()
  const { stream, seq } = Frames.parse((await served.get('/api/v1/frames')).json)
  const waiting = served.get(`/api/v1/frames?stream=${stream}&after=${seq}&wait=20000`)
  await expect.poll(() => served.hub.viewers()).toBe(1)
  served.hub.close('the collector is shutting down')
  expect(Frames.parse((await waiting).json).frames).toMatchObject([{ kind: 'bye' }])
})
