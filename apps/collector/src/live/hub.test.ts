import { PROTOCOL, SUBPROTOCOL } from '@headroom/shared/live-socket.ts'
import { expect, test } from 'vitest'
import { startRig, system, view } from './testing/rig.ts'

test('[LV1] the first message is hello, with stream, role, seq and the state', async () => {
  await using rig = await startRig()
  rig.tick(7)
  const hello = await (await rig.client({ as: { name: 'v', role: 'viewer' } })).hello()
  expect(hello).toMatchObject({
    protocol: PROTOCOL,
    stream: rig.hub.stream,
    seq: 7,
    role: 'viewer',
    now: rig.clock.now(),
    stored: true,
  })
  expect(hello.systems.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('[LV2] the subprotocol is echoed when offered, and not needed', async () => {
  await using rig = await startRig()
  expect((await rig.client({ protocol: SUBPROTOCOL })).socket.protocol).toBe('headroom.v1')
  expect((await rig.client()).socket.protocol).toBe('')
})

test('[LV3] those who come at one moment share a hello, until something changes', async () => {
  await using rig = await startRig()
  for (let client = 0; client < 5; client++) await (await rig.client()).hello()
  expect(rig.snapshots()).toBe(1)
  rig.publish({ kind: 'system', seq: 1, at: 0, system: system('a') })
  expect((await (await rig.client()).hello()).seq).toBe(1)
  expect(rig.snapshots()).toBe(2)
})

test('[LV4] prev is the last seq sent on this socket, the first time the hello’s', async () => {
  await using rig = await startRig()
  rig.tick(3)
  const client = await rig.client()
  await client.hello()
  rig.tick(5)
  rig.tick(6)
  rig.tick(9)
  expect(await client.frames(3)).toEqual(['tick 5<3', 'tick 6<5', 'tick 9<6'])
})

test('[LV5] a frame that is part of the hello is not sent again', async () => {
  await using rig = await startRig()
  rig.tick(1)
  const client = await rig.client()
  expect((await client.hello()).seq).toBe(1)
  expect(await client.settled()).toEqual([])
})

test('[LV6] frames say stored:false only while nothing can be recorded', async () => {
  await using rig = await startRig()
  const client = await rig.client()
  await client.hello()
  rig.tick(1, [1], false)
  rig.tick(2, [1])
  const [blind, seeing] = [await client.next(), await client.next()]
  expect(blind).toMatchObject({ kind: 'tick', stored: false })
  expect(seeing).not.toHaveProperty('stored')
})

test('[LV7] a sliced broadcast keeps every socket’s order, also for what is published meanwhile', async () => {
  await using rig = await startRig({ sliceSockets: 2 })
  const clients = await Promise.all(Array.from({ length: 9 }, () => rig.client()))
  for (const client of clients) await client.hello()
  for (let seq = 1; seq <= 20; seq++) rig.tick(seq)
  const expected = Array.from({ length: 20 }, (_, index) => `tick ${index + 1}<${index}`)
  for (const client of clients) expect(await client.frames(20)).toEqual(expected)
})

test('[LV8] a client that vanishes does not disturb the others', async () => {
  await using rig = await startRig()
  const [gone, stays] = [await rig.client(), await rig.client()]
  await stays.hello()
  gone.socket.terminate()
  rig.tick(1)
  rig.tick(2)
  expect(await stays.frames(2)).toEqual(['tick 1<0', 'tick 2<1'])
})

test('[LV9] a subscription filters values, series, systems, alerts and notes, and prev shows what was skipped', async () => {
  await using rig = await startRig()
  const client = await rig.client()
  await client.hello()
  client.say({ kind: 'subscribe', systems: ['a'] })
  await client.settled()
  rig.tick(1, [1, 2])
  rig.tick(2, [2])
  rig.publish({ kind: 'series', seq: 3, at: 0, series: [view(3, 'b')] })
  rig.tick(4, [3])
  rig.publish({ kind: 'system', seq: 5, at: 0, system: system('b') })
  rig.publish({ kind: 'note', seq: 6, at: 0, note: { id: 'n', at: 0, text: 'of b', kind: 'note', system: 'b' } })
  rig.publish({ kind: 'note', seq: 7, at: 0, note: { id: 'm', at: 0, text: 'of all', kind: 'note' } })
  rig.publish({ kind: 'systems', seq: 8, at: 0, systems: [system('a'), system('b')] })
  expect(await client.next()).toMatchObject({ kind: 'tick', seq: 1, prev: 0, values: [[1, rig.clock.now(), 1]] })
  expect(await client.next()).toMatchObject({ kind: 'note', seq: 7, prev: 1 })
  expect(await client.next()).toMatchObject({ kind: 'systems', seq: 8, prev: 7, systems: [{ id: 'a' }] })
  expect(await client.settled()).toEqual([])
})

test('[LV10] a wider subscription brings a new hello with only what it shows; an empty one is everything', async () => {
  await using rig = await startRig()
  const client = await rig.client()
  await client.hello()
  client.say({ kind: 'subscribe', systems: ['a'] })
  expect(await client.settled()).toEqual([])
  client.say({ kind: 'subscribe', systems: ['b'] })
  expect((await client.hello()).series.map(({ id }) => id)).toEqual([2])
  client.say({ kind: 'subscribe', systems: [] })
  expect((await client.hello()).series.map(({ id }) => id)).toEqual([1, 2])
})

test('[LV11] an identity bound to systems is shown no others', async () => {
  await using rig = await startRig()
  const client = await rig.client({ as: { name: 'bound', role: 'viewer', systems: ['b'] } })
  expect((await client.hello()).systems.map(({ id }) => id)).toEqual(['b'])
  client.say({ kind: 'subscribe', systems: ['a', 'b'] })
  rig.tick(1, [1])
  rig.tick(2, [2])
  expect(await client.frames(1)).toEqual(['tick 2<0'])
})

test('[LV18] ping is answered, anything else closes with 1008 and a reason', async () => {
  await using rig = await startRig()
  const good = await rig.client()
  await good.hello()
  good.say({ kind: 'ping' })
  expect(await good.next()).toEqual({ kind: 'pong', now: rig.clock.now() })
  const wrong = [
    'nonsense',
    '[]',
    '{"kind":"publish"}',
    '{"kind":"ping","extra":1}',
    '{"kind":"resume","stream":"x"}',
    '{"kind":"subscribe","systems":"a"}',
  ]
  for (const message of wrong) {
    const client = await rig.client()
    client.say(message)
    const { code, reason } = await client.closed
    expect(code).toBe(1008)
    expect(reason).not.toBe('')
  }
  const binary = await rig.client()
  binary.socket.send(Buffer.from('{"kind":"ping"}'))
  expect(await binary.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('binary') })
})

test('[LV19] a message of more than 16 KiB closes with 1009', async () => {
  await using rig = await startRig()
  const client = await rig.client()
  client.say(JSON.stringify({ kind: 'resume', stream: 'x'.repeat(16 * 1024), seq: 1 }))
  expect((await client.closed).code).toBe(1009)
})

test('[LV20] more than 50 messages in 10 s close with 1008', async () => {
  await using rig = await startRig()
  const client = await rig.client()
  await client.hello()
  for (let said = 0; said < 49; said++) client.say({ kind: 'ping' })
  await client.settled()
  await rig.clock.advance(10_000)
  await client.settled()
  for (let said = 0; said < 51; said++) client.say({ kind: 'ping' })
  expect(await client.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('too many messages') })
})

test('[LV21] a client beyond the bound is closed with 1013 and a reason; a place that is left is free again', async () => {
  await using rig = await startRig({ maxSockets: 2, maxPerAddress: 1 })
  const [first] = [await rig.client(), await rig.client()]
  const third = await rig.client()
  expect(await third.closed).toMatchObject({ code: 1013, reason: expect.stringContaining('2 viewers') })
  expect(rig.hub.viewers()).toBe(2)
  first.socket.close()
  await first.closed
  await (await rig.client()).hello()
})

test('[LV22] a client silent through two heartbeats is cut off; one that answers stays', async () => {
  await using rig = await startRig()
  const deaf = await rig.deaf()
  const client = await rig.client()
  await client.hello()
  await new Promise((resolve) => deaf.once('data', resolve))
  const gone = new Promise((resolve) => deaf.once('close', resolve))
  for (let beat = 0; beat < 3; beat++) {
    const pinged = new Promise((resolve) => client.socket.once('ping', resolve))
    await rig.clock.advance(15_000)
    await pinged
    await client.settled()
  }
  await gone
  expect(rig.hub.viewers()).toBe(1)
})

test('[LV23] at shutdown everybody gets bye and 1001', async () => {
  await using rig = await startRig()
  const client = await rig.client()
  await client.hello()
  await rig.hub[Symbol.asyncDispose]()
  expect(await client.next()).toMatchObject({ kind: 'bye', reason: 'the collector is shutting down' })
  expect((await client.closed).code).toBe(1001)
})

test('[LV24] [LV25] end says bye to those whose identity ended; viewers counts the others', async () => {
  await using rig = await startRig()
  const [ended, stays] = [await rig.client({ as: { name: 'x', role: 'viewer' } }), await rig.client()]
  await ended.hello()
  expect(rig.hub.viewers()).toBe(2)
  expect(rig.hub.end((viewer) => viewer.name === 'x', 'the token has expired')).toBe(1)
  expect(rig.hub.viewers()).toBe(1)
  expect(await ended.next()).toMatchObject({ kind: 'bye', reason: 'the token has expired' })
  expect(await ended.closed).toEqual({ code: 1008, reason: 'the token has expired' })
  await stays.hello()
  expect(await stays.settled()).toEqual([])
})
