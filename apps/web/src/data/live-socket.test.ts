import { describe, expect, it } from 'vitest'
import type { ServerMessage } from '@headroom/shared/protocol.ts'
import { ManualClock } from './clock.ts'
import type { Connection } from './connection.ts'
import { LiveSocket } from './live-socket.ts'
import type { SocketHandlers } from './live-socket.ts'

function setUp(): {
  clock: ManualClock
  sockets: { handlers: SocketHandlers; sent: string[]; closed: boolean }[]
  seen: ServerMessage[]
  connections: Connection[]
  holes: () => number
  live: LiveSocket
} {
  const clock = new ManualClock(1_000_000)
  const sockets: { handlers: SocketHandlers; sent: string[]; closed: boolean }[] = []
  const seen: ServerMessage[] = []
  const connections: Connection[] = []
  let holes = 0
  const live = new LiveSocket({
    clock,
    open: (_subprotocol, handlers) => {
      const socket = { handlers, sent: [] as string[], closed: false }
      sockets.push(socket)
      return {
        send: (text) => {
          socket.sent.push(text)
        },
        close: () => {
          socket.closed = true
        },
      }
    },
    onMessage: (message) => seen.push(message),
    onConnection: (connection) => connections.push(connection),
    onHole: () => {
      holes += 1
    },
  })
  live.start()
  return { clock, sockets, seen, connections, holes: () => holes, live }
}

const hello = (stream = 'a', seq = 5): string =>
  JSON.stringify({
    kind: 'hello',
    protocol: 1,
    stream,
    now: 0,
    seq,
    role: 'admin',
    stored: true,
    demo: false,
    systems: [],
    series: [],
    alerts: [],
  })
const tick = (seq: number, prev: number): string => JSON.stringify({ kind: 'tick', seq, prev, values: [] })

describe('LiveSocket', () => {
  it('is live once it hears something', () => {
    const { sockets, connections } = setUp()
    sockets[0]?.handlers.opened()
    sockets[0]?.handlers.message(hello())
    expect(connections).toEqual([{ kind: 'live' }])
    expect(sockets[0]?.sent).toEqual([])
  })

  it('takes frames in a row as whole, and a missing one as a hole', () => {
    const { sockets, holes } = setUp()
    sockets[0]?.handlers.message(hello())
    sockets[0]?.handlers.message(tick(6, 5))
    sockets[0]?.handlers.message(tick(9, 6))
    expect(holes()).toBe(0)
    sockets[0]?.handlers.message(tick(12, 11))
    expect(holes()).toBe(1)
  })

  it('drops what it cannot understand, as a hole', () => {
    const { sockets, seen, holes } = setUp()
    sockets[0]?.handlers.message('{"kind":"tick"}')
    sockets[0]?.handlers.message('not json')
    expect(seen).toEqual([])
    expect(holes()).toBe(2)
  })

  it('comes back after a growing wait, and resumes where it was', () => {
    const { clock, sockets, connections, holes } = setUp()
    sockets[0]?.handlers.message(hello())
    sockets[0]?.handlers.message(tick(6, 5))
    sockets[0]?.handlers.closed('going away')
    expect(connections.at(-1)).toEqual({ kind: 'lost', since: 1_000_000, retryAt: 1_001_000, reason: 'going away' })
    clock.advance(1_000)
    expect(connections.at(-1)).toEqual({ kind: 'retrying', since: 1_000_000 })
    sockets[1]?.handlers.closed('')
    expect(connections.at(-1)).toMatchObject({ kind: 'lost', since: 1_000_000, retryAt: 1_003_000 })
    clock.advance(2_000)
    sockets[2]?.handlers.opened()
    expect(JSON.parse(sockets[2]?.sent[0] ?? '')).toEqual({ kind: 'resume', stream: 'a', seq: 6 })
    sockets[2]?.handlers.message(tick(7, 6))
    expect(connections.at(-1)).toEqual({ kind: 'live' })
    expect(holes()).toBe(0)
  })

  it('takes what was missed after a new hello of the same stream as whole', () => {
    const { clock, sockets, holes } = setUp()
    sockets[0]?.handlers.message(hello('a', 5))
    sockets[0]?.handlers.closed('')
    clock.advance(1_000)
    sockets[1]?.handlers.opened()
    sockets[1]?.handlers.message(hello('a', 9))
    for (const [seq, prev] of [
      [6, 5],
      [7, 6],
      [9, 7],
      [10, 9],
    ] as const)
      sockets[1]?.handlers.message(tick(seq, prev))
    expect(holes()).toBe(0)
  })

  it('tries at once when told to', () => {
    const { sockets, live } = setUp()
    sockets[0]?.handlers.closed('')
    live.retryNow()
    expect(sockets).toHaveLength(2)
  })

  it('takes silence after a ping for a lost connection', () => {
    const { clock, sockets, connections } = setUp()
    sockets[0]?.handlers.message(hello())
    clock.advance(15_000)
    expect(sockets[0]?.sent).toEqual(['{"kind":"ping"}'])
    clock.advance(6_000)
    expect(connections.at(-1)).toMatchObject({ kind: 'lost', reason: 'no answer' })
    expect(sockets[0]?.closed).toBe(true)
  })

  it('asks after sleep whether the connection still lives', () => {
    const { sockets, live } = setUp()
    sockets[0]?.handlers.message(hello())
    live.wake()
    expect(sockets[0]?.sent).toEqual(['{"kind":"ping"}'])
  })

  it('says why it was closed', () => {
    const { sockets, connections } = setUp()
    sockets[0]?.handlers.message(hello())
    sockets[0]?.handlers.message(JSON.stringify({ kind: 'bye', reason: 'the collector is stopping' }))
    sockets[0]?.handlers.closed('')
    expect(connections.at(-1)).toMatchObject({ reason: 'the collector is stopping' })
  })

  it('no longer listens to a socket that it dropped', () => {
    const { sockets, live, seen } = setUp()
    live.stop()
    sockets[0]?.handlers.message(hello())
    expect(seen).toEqual([])
  })
})
