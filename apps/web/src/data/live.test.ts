import { describe, expect, it } from 'vitest'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { ManualClock } from './clock.ts'
import { HttpProblem } from './http-problem.ts'
import { createLive } from './live.ts'
import type { Live } from './live.ts'
import type { SocketHandlers } from './live-socket.ts'
import type { Refreshed } from './timeline.ts'

const system = (id: string, state: SystemView['state'] = 'ok'): SystemView => ({
  id,
  name: id,
  presets: [],
  state,
  down: false,
  since: 0,
  sources: [],
  headroom: [],
  texts: [],
  alerts: { warning: 0, critical: 0 },
})
const state = (...systems: SystemView[]): Refreshed => ({ systems, series: [], alerts: [] })

type Asked = { answer: (state: Refreshed) => void; fail: (error: Error) => void; signal: AbortSignal }
type Rig = {
  clock: ManualClock
  live: Live
  asked: Asked[]
  wake: (awayMs: number) => void
  say: (message: object) => void
  stop: () => void
}

function startRig(): Rig {
  const clock = new ManualClock(1_000_000)
  const sockets: SocketHandlers[] = []
  const asked: Asked[] = []
  let onWake: (awayMs: number) => void = () => undefined
  const live = createLive(clock, {
    openSocket: (_subprotocol, handlers) => {
      sockets.push(handlers)
      return { send: () => undefined, close: () => undefined }
    },
    askFrames: () => new Promise(() => undefined),
    askState: (signal) => new Promise((answer, fail) => asked.push({ answer, fail, signal })),
    wakes: (wake) => {
      onWake = wake
      return () => undefined
    },
  })
  const stop = live.start()
  const say = (message: object): void => sockets.at(-1)?.message(JSON.stringify(message))
  say({
    kind: 'hello',
    protocol: 1,
    stream: 'a',
    now: 0,
    seq: 5,
    role: 'admin',
    stored: true,
    demo: false,
    systems: [system('a')],
    series: [],
    alerts: [],
  })
  return { clock, live, asked, wake: (awayMs) => onWake(awayMs), say, stop }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}
const tick = (seq: number, prev: number): object => ({ kind: 'tick', seq, prev, values: [] })

describe('the live world', () => {
  it('asks for the state after a hole, many of them at once, and for the history', async () => {
    const { clock, live, asked, say } = startRig()
    say(tick(9, 8))
    say(tick(12, 11))
    clock.advance(300)
    expect(asked).toHaveLength(1)
    asked[0]?.answer(state(system('a', 'critical')))
    await settle()
    expect([live.timeline.systems[0]?.state, live.timeline.epoch]).toEqual(['critical', 1])
  })

  it('does not let the answer undo what came while it was under way', async () => {
    const { clock, live, asked, say } = startRig()
    say(tick(9, 8))
    clock.advance(300)
    say({ kind: 'system', seq: 10, prev: 9, system: system('a', 'critical') })
    asked[0]?.answer(state(system('a', 'ok'), system('b', 'ok')))
    await settle()
    expect(live.timeline.systems.map((each) => [each.id, each.state])).toEqual([
      ['a', 'critical'],
      ['b', 'ok'],
    ])
  })

  it('asks again, not at once, when there was no answer', async () => {
    const { clock, asked, say } = startRig()
    say(tick(9, 8))
    clock.advance(300)
    asked[0]?.fail(new HttpProblem('http_500', 'broken', true, 500))
    await settle()
    clock.advance(4_000)
    expect(asked).toHaveLength(1)
    clock.advance(1_000)
    expect(asked).toHaveLength(2)
  })

  it('asks no more than every five seconds, however many frames cannot be read', async () => {
    const { clock, asked, say } = startRig()
    for (let second = 0; second < 60; second += 1) {
      say({ kind: 'tick' })
      clock.advance(1_000)
      asked.at(-1)?.answer(state(system('a')))
      await settle()
    }
    expect(asked.length).toBeLessThanOrEqual(13)
  })

  it('asks for the series when the configuration changes: a system that returns comes without them', async () => {
    const { clock, live, asked, say } = startRig()
    say({ kind: 'systems', seq: 6, prev: 5, systems: [system('a'), system('b')] })
    clock.advance(300)
    expect(asked).toHaveLength(1)
    asked[0]?.answer(state(system('a'), system('b')))
    await settle()
    expect(live.timeline.epoch).toBe(0)
  })

  it('fetches history anew after a long time away, once the collector is heard again', () => {
    const { clock, live, wake, say } = startRig()
    wake(1_000)
    say(tick(6, 5))
    expect(live.timeline.epoch).toBe(0)
    clock.jump(3_600_000)
    wake(3_600_000)
    expect(live.timeline.epoch).toBe(0)
    say({ kind: 'pong', now: 3_600_000 })
    say(tick(7, 6))
    expect(live.timeline.epoch).toBe(1)
  })

  it('ends when the collector refuses the state', async () => {
    const { clock, live, asked, say } = startRig()
    say(tick(9, 8))
    clock.advance(300)
    asked[0]?.fail(new HttpProblem('unauthorized', 'the token has expired', false, 401))
    await settle()
    expect(live.timeline.connection).toMatchObject({ kind: 'ended', reason: 'the token has expired' })
    clock.advance(600_000)
    expect(asked).toHaveLength(1)
  })

  it('leaves nothing behind when it is stopped', () => {
    const { clock, asked, say, stop } = startRig()
    say(tick(9, 8))
    clock.advance(300)
    stop()
    expect(asked[0]?.signal.aborted).toBe(true)
    clock.advance(600_000)
    expect(asked).toHaveLength(1)
  })
})
