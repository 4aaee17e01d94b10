import { expect, test } from 'vitest'
import type { LiveFrame } from '@headroom/shared/protocol.ts'
import { startRig, system, type Rig, type TestClient } from './testing/rig.ts'

/** Kernel buffers on loopback swallow some megabytes before this process must hold anything back. */
const MANY = 300

function heavy(rig: Rig, seq: number): LiveFrame {
  return { kind: 'system', seq, at: rig.clock.now(), system: { ...system('a'), name: 'x'.repeat(64 * 1024) } }
}

async function stall(rig: Rig, client: TestClient, first = 1): Promise<number> {
  client.socket.pause()
  for (let seq = first; seq < first + MANY; seq++) {
    rig.publish(heavy(rig, seq))
    if (seq % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return first + MANY - 1
}

test('[LV15] [LV16] a client that stops reading is told its gap and given the newest state', async () => {
  await using rig = await startRig()
  const [slow, quick] = [await rig.client(), await rig.client()]
  await slow.hello()
  await quick.hello()
  const startedAt = rig.clock.now()
  const last = await stall(rig, slow)
  expect(rig.held()).toBeLessThanOrEqual(1024 * 1024 + 1_024)
  await rig.clock.advance(5_000)
  expect((await quick.frames(MANY)).at(-1)).toBe(`system ${last}<${last - 1}`)
  slow.socket.resume()
  let sent = 0
  let message = await slow.next()
  for (; message.kind === 'system'; message = await slow.next()) {
    expect(message.prev).toBe(sent)
    sent = message.seq
  }
  expect(message).toEqual({ kind: 'gap', seq: last, prev: sent, from: startedAt, to: rig.clock.now() })
  expect(sent).toBeLessThan(last)
  expect((await slow.hello()).seq).toBe(last)
  rig.tick(last + 1)
  expect(await slow.frames(1)).toEqual([`tick ${last + 1}<${last}`])
})

test('[LV16] a stall of under a second is continued frame by frame', async () => {
  await using rig = await startRig({ maxRingBytes: 64 * 1024 * 1024 })
  const client = await rig.client()
  await client.hello()
  await stall(rig, client)
  client.socket.resume()
  expect(await client.frames(MANY)).toEqual(Array.from({ length: MANY }, (_, index) => `system ${index + 1}<${index}`))
})

test('[LV17] a client that has not drained after 30 s is cut off', async () => {
  await using rig = await startRig({ heartbeatMs: 3_600_000 })
  const client = await rig.client()
  await client.hello()
  await stall(rig, client)
  await rig.clock.advance(29_999)
  expect(rig.hub.viewers()).toBe(1)
  await rig.clock.advance(1)
  client.socket.resume()
  expect((await client.closed).code).toBe(1006)
})

test('[LV15] hellos that a client asks for without reading do not pile up, and it gets the last one', async () => {
  const large = ['a', 'b'].map((id) => ({ ...system(id), name: 'x'.repeat(600 * 1024) }))
  await using rig = await startRig({ maxMessages: 1_000 }, large)
  const client = await rig.client()
  await client.hello()
  client.socket.pause()
  for (let asked = 0; asked < 60; asked++) {
    client.say({ kind: 'subscribe', systems: [asked % 2 === 0 ? 'a' : 'b'] })
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(rig.held()).toBeGreaterThan(0)
  expect(rig.held()).toBeLessThan(1024 * 1024)
  client.socket.resume()
  const answers = [...(await client.settled()), ...(await client.settled()), ...(await client.settled())]
  expect(answers.length).toBeLessThan(50)
  expect(answers.every(({ kind }) => kind === 'hello')).toBe(true)
  expect(answers.at(-1)).toMatchObject({ kind: 'hello', systems: [{ id: 'b' }] })
})
