import { expect, test } from 'vitest'
import { startRig } from './testing/rig.ts'

test('[LV12] resume sends what was missed, in order, starting from the seq the client names', async () => {
  await using rig = await startRig()
  const before = await rig.client()
  await before.hello()
  rig.tick(1)
  rig.tick(2)
  expect(await before.frames(2)).toEqual(['tick 1<0', 'tick 2<1'])
  before.socket.terminate()
  rig.tick(3)
  rig.tick(5)
  const after = await rig.client()
  const hello = await after.hello()
  expect(hello.seq).toBe(5)
  after.say({ kind: 'resume', stream: hello.stream, seq: 2 })
  expect(await after.frames(2)).toEqual(['tick 3<2', 'tick 5<3'])
  rig.tick(6)
  expect(await after.frames(1)).toEqual(['tick 6<5'])
})

test('[LV12] resume at the newest seq sends nothing, and frames go on from there', async () => {
  await using rig = await startRig()
  rig.tick(4)
  const client = await rig.client()
  const hello = await client.hello()
  client.say({ kind: 'resume', stream: hello.stream, seq: 4 })
  expect(await client.settled()).toEqual([])
  rig.tick(5)
  expect(await client.frames(1)).toEqual(['tick 5<4'])
})

test('[LV12] [LV9] a subscription that comes back is sent what it missed of its systems, just as it was', async () => {
  await using rig = await startRig()
  const client = await rig.client()
  const { stream } = await client.hello()
  client.say({ kind: 'subscribe', systems: ['b'] })
  await client.settled()
  const at = rig.clock.now()
  rig.publish({
    kind: 'tick',
    seq: 1,
    at,
    values: [
      [1, at, 1],
      [2, at, null],
    ],
  })
  rig.tick(2, [1])
  rig.tick(3, [1, 2], false)
  const first = [await client.next(), await client.next()]
  client.say({ kind: 'resume', stream, seq: 0 })
  const again = [await client.next(), await client.next()]
  expect(again).toEqual(first)
  expect(again).toEqual([
    { kind: 'tick', seq: 1, prev: 0, values: [[2, at, null]] },
    { kind: 'tick', seq: 3, prev: 1, stored: false, values: [[2, at, 3]] },
  ])
})

test('[LV12] a backlog larger than the buffer is sent whole', async () => {
  await using rig = await startRig({ maxBufferedBytes: 2_000 })
  for (let seq = 1; seq <= 200; seq++) rig.tick(seq)
  const client = await rig.client()
  const hello = await client.hello()
  client.say({ kind: 'resume', stream: hello.stream, seq: 0 })
  expect(await client.frames(200)).toEqual(Array.from({ length: 200 }, (_, index) => `tick ${index + 1}<${index}`))
})

test('[LV13] what is gone from the ring is a gap that covers its times, and a new hello', async () => {
  await using rig = await startRig({ maxRingFrames: 3 })
  const startedAt = rig.clock.now()
  for (let seq = 1; seq <= 6; seq++) {
    await rig.clock.advance(20_000)
    rig.tick(seq)
  }
  const client = await rig.client()
  const { stream } = await client.hello()
  client.say({ kind: 'resume', stream, seq: 2 })
  const gap = await client.next()
  expect(gap).toEqual({ kind: 'gap', seq: 6, prev: 2, from: startedAt + 40_000, to: rig.clock.now() })
  expect((await client.hello()).seq).toBe(6)
  rig.tick(7)
  expect(await client.frames(1)).toEqual(['tick 7<6'])
})

test('[LV13] the ring is bounded by bytes too', async () => {
  await using rig = await startRig({ maxRingBytes: 200 })
  for (let seq = 1; seq <= 20; seq++) rig.tick(seq)
  const client = await rig.client()
  const { stream } = await client.hello()
  client.say({ kind: 'resume', stream, seq: 5 })
  expect(await client.frames(2)).toEqual(['gap 20<5', 'hello'])
})

test('[LV14] another stream, or a seq not reached yet, brings a new hello', async () => {
  await using rig = await startRig()
  rig.tick(1)
  const client = await rig.client()
  const { stream } = await client.hello()
  client.say({ kind: 'resume', stream: 'of yesterday', seq: 1 })
  expect((await client.hello()).seq).toBe(1)
  client.say({ kind: 'resume', stream, seq: 99 })
  expect((await client.hello()).seq).toBe(1)
})
