import { describe, expect, it } from 'vitest'
import type { ServerMessage } from '@headroom/shared/protocol.ts'
import { ManualClock } from './clock.ts'
import type { Connection } from './connection.ts'
import type { FramesAnswer } from './frames-answer.ts'
import { HttpProblem } from './http-problem.ts'
import { LiveLink } from './live-link.ts'
import type { SocketHandlers } from './live-socket.ts'
import type { Place } from './stream-place.ts'

type FakeSocket = { handlers: SocketHandlers; sent: string[]; closed: boolean }
type Question = {
  place: Place | undefined
  waitMs: number
  signal: AbortSignal
  answer: (frames: unknown[], more?: Partial<FramesAnswer>) => void
  fail: (error: Error) => void
}

class Rig {
  /** True where the browser forbids sockets. */
  forbidden = false
  readonly clock = new ManualClock(1_000_000)
  readonly sockets: FakeSocket[] = []
  readonly questions: Question[] = []
  readonly seen: { message: ServerMessage; resumed: boolean }[] = []
  readonly connections: Connection[] = []
  holes = 0
  readonly link = new LiveLink({
    clock: this.clock,
    openSocket: (_subprotocol, handlers) => {
      if (this.forbidden) throw new Error('SecurityError')
      const socket: FakeSocket = { handlers, sent: [], closed: false }
      this.sockets.push(socket)
      return {
        send: (text) => void socket.sent.push(text),
        close: () => {
          socket.closed = true
        },
      }
    },
    askFrames: (place, waitMs, signal) =>
      new Promise((resolve, reject) => {
        this.questions.push({
          place,
          waitMs,
          signal,
          answer: (frames, more) => resolve({ stream: 'a', seq: 5, now: 0, frames, ...more }),
          fail: reject,
        })
      }),
    onMessage: (message, resumed) => this.seen.push({ message, resumed }),
    onConnection: (connection) => this.connections.push(connection),
    onHole: () => {
      this.holes += 1
    },
  })

  /** The newest socket. */
  get socket(): FakeSocket {
    return this.sockets.at(-1) ?? expect.fail('no socket was opened')
  }

  /** The newest question over HTTP. */
  get question(): Question {
    return this.questions.at(-1) ?? expect.fail('nothing was asked over HTTP')
  }

  /** Ticks that came, by their numbers. */
  get ticks(): number[] {
    return this.seen.flatMap(({ message }) => (message.kind === 'tick' ? [message.seq] : []))
  }

  greet(stream = 'a', seq = 5): void {
    this.socket.handlers.opened()
    this.socket.handlers.message(JSON.stringify(hello(stream, seq)))
  }

  frame(seq: number, prev: number): void {
    this.socket.handlers.message(JSON.stringify(tick(seq, prev)))
  }

  close(code = 1006, reason = ''): void {
    this.socket.handlers.closed(reason, code)
  }
}

function startRig(): Rig {
  const rig = new Rig()
  rig.link.start()
  return rig
}

/** Lets what was answered be taken in. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

const hello = (stream = 'a', seq = 5): object => ({
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
const tick = (seq: number, prev: number): object => ({ kind: 'tick', seq, prev, values: [] })
const SOCKET = { kind: 'live', by: 'socket' } as const
const POLLING = { kind: 'live', by: 'polling' } as const

describe('a socket that gets through', () => {
  it('is live once something is heard, and nothing is asked over HTTP', () => {
    const rig = startRig()
    rig.greet()
    for (let round = 0; round < 12; round += 1) {
      rig.clock.advance(10_000)
      rig.socket.handlers.message('{"kind":"pong","now":0}')
    }
    expect(rig.connections).toEqual([SOCKET])
    expect(rig.questions).toEqual([])
  })

  it('takes frames in a row as whole, and a missing one as a hole', () => {
    const rig = startRig()
    rig.greet()
    rig.frame(6, 5)
    rig.frame(9, 6)
    expect(rig.holes).toBe(0)
    rig.frame(12, 11)
    expect(rig.holes).toBe(1)
  })

  it('drops what it cannot understand, as a hole', () => {
    const rig = startRig()
    rig.greet()
    const before = rig.seen.length
    for (const data of ['{"kind":"tick"}', 'not json', 7]) rig.socket.handlers.message(data)
    expect(rig.seen).toHaveLength(before)
    expect(rig.holes).toBe(3)
  })

  it('passes over a kind of message that only a newer page knows, and misses nothing by it', () => {
    const rig = startRig()
    rig.greet()
    rig.socket.handlers.message(JSON.stringify({ kind: 'forecast', seq: 6, prev: 5, of: 'a' }))
    rig.frame(7, 6)
    expect([rig.holes, rig.ticks]).toEqual([0, [7]])
  })

  it('is asked whether it lives after a while of silence, and given up without an answer', () => {
    const rig = startRig()
    rig.greet()
    rig.clock.advance(10_000)
    expect(rig.socket.sent).toEqual(['{"kind":"ping"}'])
    rig.clock.advance(6_000)
    expect(rig.sockets[0]?.closed).toBe(true)
    rig.clock.advance(2_000)
    expect(rig.connections.at(-1)).toMatchObject({ kind: expect.stringMatching(/lost|retrying/) as string })
  })

  it('is asked for the collector’s time now and then, however much it says', () => {
    const rig = startRig()
    rig.greet()
    for (let seq = 6; seq < 320; seq += 1) {
      rig.clock.advance(1_000)
      rig.frame(seq, seq - 1)
    }
    expect(rig.socket.sent).toEqual(['{"kind":"ping"}'])
  })

  it('may be forbidden altogether by the browser: then it is polling', async () => {
    const rig = new Rig()
    rig.forbidden = true
    rig.link.start()
    rig.clock.advance(1_500)
    rig.question.answer([hello()])
    await settle()
    expect(rig.connections).toEqual([POLLING])
  })
})

describe('a connection that breaks off', () => {
  it('is back within two seconds: nothing is shown, nothing is missing', () => {
    const rig = startRig()
    rig.greet()
    rig.frame(6, 5)
    for (let minute = 0; minute < 5; minute += 1) {
      rig.clock.advance(8_000)
      rig.socket.handlers.message('{"kind":"pong","now":0}')
      rig.clock.advance(8_000)
      rig.close()
      rig.clock.advance(300)
      rig.greet('a', 6)
      rig.clock.advance(1_000)
    }
    expect(rig.sockets).toHaveLength(6)
    expect(rig.connections).toEqual([SOCKET])
    expect(rig.seen.filter(({ message }) => message.kind === 'hello').map(({ resumed }) => resumed)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
    ])
    expect(rig.holes).toBe(0)
  })

  it('resumes where it was: what was missed comes after the hello, in order, and is whole', () => {
    const rig = startRig()
    rig.greet('a', 5)
    rig.close()
    rig.clock.advance(300)
    rig.socket.handlers.opened()
    expect(JSON.parse(rig.socket.sent[0] ?? '')).toEqual({ kind: 'resume', stream: 'a', seq: 5 })
    rig.socket.handlers.message(JSON.stringify(hello('a', 9)))
    // A frame may pass before the resume was read.
    for (const [seq, prev] of [
      [10, 9],
      [6, 5],
      [7, 6],
      [9, 7],
      [10, 9],
      [11, 10],
    ] as const)
      rig.frame(seq, prev)
    expect(rig.holes).toBe(0)
  })

  it('asks again for what was missed when it breaks off before that came', () => {
    const rig = startRig()
    rig.greet('a', 5)
    rig.close()
    rig.clock.advance(300)
    rig.greet('a', 9)
    rig.frame(10, 9)
    rig.close()
    rig.clock.advance(3_000)
    rig.socket.handlers.opened()
    expect(JSON.parse(rig.socket.sent[0] ?? '')).toEqual({ kind: 'resume', stream: 'a', seq: 5 })
  })

  it('is shown as lost after two seconds, with why and when the next try is', () => {
    const rig = startRig()
    rig.greet()
    rig.clock.advance(9_000)
    rig.close(1001, 'going away')
    rig.clock.advance(250)
    rig.close()
    expect(rig.connections).toEqual([SOCKET])
    rig.clock.advance(1_750)
    expect(rig.connections.slice(1)).toEqual([{ kind: 'retrying', since: 1_009_000 }])
    rig.question.fail(new HttpProblem('no_answer', 'The collector did not answer.', true))
  })

  it('waits longer after each failure, at most half a minute', async () => {
    const rig = startRig()
    const waits: number[] = []
    for (let round = 0; round < 12; round += 1) {
      rig.close()
      if (rig.questions.length > 0) rig.question.fail(new HttpProblem('no_answer', 'gone', true))
      await settle()
      const before = rig.sockets.length
      const from = rig.clock.now()
      while (rig.sockets.length === before) rig.clock.advance(50)
      waits.push(rig.clock.now() - from)
    }
    expect(waits).toEqual([250, 1_000, 2_000, 4_000, 8_000, 16_000, ...Array.from({ length: 6 }, () => 30_000)])
  })

  it('tries at once when told to, and when the page comes back to the front', async () => {
    const rig = startRig()
    for (let round = 0; round < 6; round += 1) {
      rig.close()
      if (rig.questions.length > 0) rig.question.fail(new HttpProblem('no_answer', 'gone', true))
      await settle()
      rig.link.retryNow()
    }
    expect(rig.sockets).toHaveLength(7)
    rig.close()
    rig.question.fail(new HttpProblem('no_answer', 'gone', true))
    await settle()
    rig.link.wake()
    expect(rig.sockets).toHaveLength(8)
  })

  it('says why it was closed, also when nobody answers since', async () => {
    const rig = startRig()
    rig.greet()
    rig.socket.handlers.message(JSON.stringify({ kind: 'bye', reason: 'the collector is shutting down' }))
    rig.close(1001)
    for (let round = 0; round < 3; round += 1) {
      rig.clock.advance(2_000)
      rig.close()
      rig.question.fail(new HttpProblem('no_answer', 'The collector did not answer.', true))
      await settle()
    }
    expect(rig.connections.at(-1)).toMatchObject({ kind: 'lost', reason: 'the collector is shutting down' })
  })

  it.each(['first', 'last'])('says why nobody answers, whether the way that knows it fails %s', async (which) => {
    const rig = startRig()
    const fails = [
      () => rig.close(),
      () => rig.question.fail(new HttpProblem('http_502', 'Something in front of the collector answered 502', true)),
    ]
    rig.greet()
    rig.close()
    rig.clock.advance(300)
    expect([rig.sockets.length, rig.questions.length]).toEqual([2, 1])
    for (const fail of which === 'first' ? fails.toReversed() : fails) {
      fail()
      await settle()
    }
    rig.clock.advance(2_000)
    rig.close()
    rig.question.fail(new HttpProblem('no_answer', 'gone', true))
    await settle()
    expect(rig.connections.at(-1)).toMatchObject({
      kind: 'lost',
      reason: 'Something in front of the collector answered 502',
    })
  })

  it('no longer listens to a socket that it dropped', () => {
    const rig = startRig()
    rig.link.stop()
    rig.socket.handlers.message(JSON.stringify(hello()))
    expect(rig.seen).toEqual([])
  })
})

describe('a proxy that refuses WebSockets', () => {
  it('is found out soon, and frames come over HTTP instead', async () => {
    const rig = startRig()
    rig.close()
    rig.clock.advance(250)
    rig.close()
    rig.clock.advance(1_000)
    expect(rig.question).toMatchObject({ place: undefined, waitMs: 0 })
    rig.question.answer([hello('a', 5)])
    await settle()
    expect(rig.connections).toEqual([POLLING])
    rig.clock.advance(1_000)
    expect(rig.question).toMatchObject({ place: { stream: 'a', seq: 5 }, waitMs: 20_000 })
    rig.question.answer([tick(6, 5), tick(7, 6)], { seq: 7 })
    await settle()
    rig.clock.advance(1_000)
    expect(rig.question.place).toEqual({ stream: 'a', seq: 7 })
    expect([rig.ticks, rig.holes]).toEqual([[6, 7], 0])
  })

  it('is tried again now and then, less and less often, while polling goes on', async () => {
    const rig = await polling()
    const before = rig.sockets.length
    const tries: number[] = []
    const start = rig.clock.now()
    for (let second = 0; second < 1_000; second += 1) {
      const opened = rig.sockets.length
      rig.clock.advance(1_000)
      if (rig.sockets.length > opened) {
        tries.push(Math.round((rig.clock.now() - start) / 1_000))
        rig.close()
      }
      if (!rig.question.signal.aborted) rig.question.answer([], { seq: 5 })
      await settle()
    }
    expect(tries.slice(0, 5)).toEqual([5, 20, 80, 380, 680])
    expect(rig.sockets.length - before).toBe(tries.length)
    expect(rig.connections).toEqual([POLLING])
  })

  it('is left as soon as a socket gets through, from the very place', async () => {
    const rig = await polling()
    rig.clock.advance(1_000)
    const asked = rig.question
    rig.clock.advance(4_000)
    rig.greet('a', 8)
    expect(rig.connections).toEqual([POLLING, SOCKET])
    expect(JSON.parse(rig.socket.sent[0] ?? '')).toEqual({ kind: 'resume', stream: 'a', seq: 5 })
    rig.frame(8, 5)
    expect(rig.holes).toBe(0)
    const count = rig.questions.length
    rig.clock.advance(9_000)
    expect([asked.signal.aborted, rig.questions.length]).toEqual([true, count])
  })

  it('may cut long answers off too: then less is waited for', async () => {
    const rig = await polling()
    const waits: number[] = []
    for (let round = 0; round < 6; round += 1) {
      rig.clock.advance(2_000)
      waits.push(rig.question.waitMs)
      if (rig.question.waitMs > 0) {
        rig.question.fail(new HttpProblem('cut_short', 'cut', true))
        await settle()
        waits.push(rig.question.waitMs)
      }
      rig.question.answer([], { seq: 5 })
      await settle()
    }
    expect(waits).toEqual([20_000, 0, 5_000, 0, 0, 0, 0, 0])
    expect(rig.connections).toEqual([POLLING])
  })

  it('answers of another collector begin anew', async () => {
    const rig = await polling()
    rig.clock.advance(1_000)
    rig.question.answer([hello('b', 2)], { stream: 'b', seq: 2 })
    await settle()
    rig.clock.advance(1_000)
    expect(rig.question.place).toEqual({ stream: 'b', seq: 2 })
    expect(rig.seen.filter(({ message }) => message.kind === 'hello')).toMatchObject([
      { resumed: false },
      { resumed: false },
    ])
  })
})

describe('a proxy that holds WebSockets back', () => {
  it('is helped out of by polling after two seconds of silence', async () => {
    const rig = startRig()
    rig.socket.handlers.opened()
    rig.clock.advance(2_000)
    rig.question.answer([hello()])
    await settle()
    expect(rig.connections).toEqual([POLLING])
    rig.clock.advance(4_000)
    expect(rig.sockets[0]?.closed).toBe(true)
    expect(rig.connections).toEqual([POLLING])
  })

  it('is said to give no connection where polling is held back too', () => {
    const rig = startRig()
    rig.socket.handlers.opened()
    rig.clock.advance(6_000)
    expect(rig.connections).toEqual([{ kind: 'retrying', since: 1_000_000 }])
  })

  it('that lets only the hello through is left alone after three times', async () => {
    const rig = startRig()
    for (let round = 0; round < 3; round += 1) {
      rig.greet()
      rig.clock.advance(16_000)
      rig.clock.advance(300)
      await settle()
    }
    expect(rig.sockets.filter((socket) => !socket.closed)).toEqual([])
    rig.clock.advance(1_000)
    rig.question.answer([hello()])
    await settle()
    expect(rig.connections.at(-1)).toEqual(POLLING)
  })
})

describe('a sleep', () => {
  it('is followed by a question whether the socket still lives, and a short patience', () => {
    const rig = startRig()
    rig.greet()
    rig.clock.jump(3_600_000)
    rig.link.wake()
    expect(rig.socket.sent).toEqual(['{"kind":"ping"}'])
    rig.clock.advance(3_000)
    expect(rig.sockets[0]?.closed).toBe(true)
    rig.clock.advance(300)
    expect(rig.sockets).toHaveLength(2)
  })

  it('ends a question over HTTP that nobody will answer any more', async () => {
    const rig = await polling()
    rig.clock.advance(1_000)
    const asleep = rig.question
    const sockets = rig.sockets.length
    rig.link.wake()
    // Perhaps it has woken where sockets get through.
    expect(rig.sockets).toHaveLength(sockets + 1)
    expect(asleep.signal.aborted).toBe(true)
    expect(rig.question).toMatchObject({ place: { stream: 'a', seq: 5 }, waitMs: 0 })
    rig.question.answer([], { seq: 5 })
    await settle()
    expect(rig.connections).toEqual([POLLING])
  })
})

describe('access that has ended', () => {
  it('is said with the collector’s reason, and nothing is asked any more', () => {
    const rig = startRig()
    rig.greet()
    rig.socket.handlers.message(JSON.stringify({ kind: 'bye', reason: 'the token has expired' }))
    rig.close(1008, 'the token has expired')
    expect(rig.connections.at(-1)).toEqual({ kind: 'ended', since: 1_000_000, reason: 'the token has expired' })
    rig.clock.advance(3_600_000)
    expect([rig.sockets.length, rig.questions.length]).toEqual([1, 0])
  })

  it('is learnt from an answer over HTTP too, as a browser does not say why a socket was refused', async () => {
    const rig = await polling()
    rig.clock.advance(1_000)
    rig.question.fail(new HttpProblem('unauthorized', 'Nobody is signed in.', false, 401))
    await settle()
    expect(rig.connections.at(-1)).toMatchObject({ kind: 'ended', reason: 'Nobody is signed in.' })
    const asked = rig.questions.length
    rig.clock.advance(3_600_000)
    expect(rig.questions).toHaveLength(asked)
  })

  it('is asked about once when the reader comes back, and goes on where they are let in again', async () => {
    const rig = startRig()
    rig.greet()
    rig.link.refuse('the token was revoked')
    rig.link.wake()
    expect(rig.sockets).toHaveLength(1)
    rig.clock.advance(31_000)
    rig.link.wake()
    expect(rig.sockets).toHaveLength(2)
    rig.greet('a', 9)
    expect(rig.connections.at(-1)).toEqual(SOCKET)
  })

  it('does not make a closed door of a shutdown', () => {
    const rig = startRig()
    rig.greet()
    rig.socket.handlers.message(JSON.stringify({ kind: 'bye', reason: 'the collector is shutting down' }))
    rig.close(1001)
    rig.clock.advance(300)
    expect(rig.sockets).toHaveLength(2)
  })
})

/** A link behind a proxy that lets no socket through, at place 5. */
async function polling(): Promise<Rig> {
  const rig = startRig()
  rig.close()
  rig.clock.advance(250)
  rig.close()
  rig.clock.advance(1_000)
  rig.close()
  rig.question.answer([hello()])
  await settle()
  return rig
}
