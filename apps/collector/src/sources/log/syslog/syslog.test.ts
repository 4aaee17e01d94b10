import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { freePort } from '../../testing/free-port.ts'
import { selfSigned } from '../../testing/self-signed.ts'
import { until } from '../../testing/until.ts'
import { countsOf, FollowedLog, keptLines } from '../testing/followed-log.ts'
import { type Frame, Frames } from './frames.ts'
import { readSyslog } from './syslog-message.ts'

const patterns = { busy: '\\b503\\b', bad: 'bad' }
const HEADER = '<34>1 2026-11-21T10:00:00.503Z web-1 gunicorn 503 ID47'
const message = (text: string, data = '-'): string => `${HEADER} ${data} ${text}`
const counted = (text: string): string => `${Buffer.byteLength(text)} ${text}`

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

/** A source that listens, with somebody connected to it. */
async function listening(options: Record<string, unknown> = {}): Promise<{ log: FollowedLog; port: number }> {
  const port = await freePort()
  const log = new FollowedLog({ syslog: { port, ...options }, patterns })
  await log.begin()
  await until(
    () => log.poll(),
    ({ error }) => error?.code === 'nobody',
  )
  return { log, port }
}

/** All that is counted until so many lines are. */
async function total(log: FollowedLog, wanted: number): Promise<{ counts: Record<string, number>; lines: string[] }> {
  const counts: Record<string, number> = {}
  const lines: string[] = []
  await log.nextUntil((reading) => {
    for (const [id, count] of Object.entries(countsOf(reading))) counts[id] = (counts[id] ?? 0) + count
    lines.push(...keptLines(reading))
    return Object.values(counts).reduce((sum, count) => sum + count, 0) >= wanted
  })
  return { counts, lines }
}

describe('syslog over TCP', () => {
  it('counts what messages say, by length and by lines, and not what stands in their headers', async () => {
    const { log, port } = await listening()
    await using _ = log
    const socket = await connected(port)
    socket.write(
      `${counted(message('GET / 503'))}${counted(message('bad\nand more'))}${message('fine')}\n${message('bad')}\n`,
    )
    const { counts, lines } = await total(log, 3)
    expect(counts).toMatchObject({ busy: 1, bad: 2 })
    expect(lines.toSorted()).toEqual(['bad: gunicorn: bad', 'bad: gunicorn: bad and more', 'busy: gunicorn: GET / 503'])
    // Now it is known that nothing was said.
    expect(await log.counts()).toEqual({ busy: 0, bad: 0 })
    socket.destroy()
  })

  it('knows nothing while nobody is connected; a sender that comes and goes is there all the same', async () => {
    const { log, port } = await listening()
    await using _ = log
    const nobody = await log.next()
    expect([nobody.up, nobody.error?.code, countsOf(nobody)]).toEqual([null, 'nobody', {}])
    const socket = await connected(port)
    socket.end(`${message('bad')}\n`)
    await total(log, 1)
    await log.next()
    expect(await log.counts()).toEqual({ busy: 0, bad: 0 })
    await log.clock.advance(60_000)
    expect((await log.next()).error?.code).toBe('nobody')
  })

  it('takes only messages that hold the token, wherever senders put it', async () => {
    const { log, port } = await listening({ token: 'a-token-of-ours' })
    await using _ = log
    const socket = await connected(port)
    const with1 = message('bad 1', '[a-token-of-ours@41058 tag="x"]')
    const with2 = message('bad 2', '[auth token="a-token-of-ours"]')
    socket.write(`${with1}\n${with2}\na-token-of-ours ${message('bad 3')}\n`)
    const { lines } = await total(log, 3)
    expect(lines.join()).toContain('bad 1')
    expect(lines.join()).not.toContain('a-token-of-ours')
    const stranger = await connected(port)
    stranger.write(`${message('bad 4')}\n${message('bad 5', '[auth token="another-token"]')}\n`)
    const reading = await log.nextUntil(({ error }) => error?.code === 'wrong_token')
    expect(countsOf(reading)).toEqual({})
    socket.destroy()
    stranger.destroy()
  })

  it('speaks TLS', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headroom-syslog-'))
    const { key, cert } = selfSigned('localhost')
    await writeFile(join(folder, 'key.pem'), key)
    await writeFile(join(folder, 'cert.pem'), cert)
    const { log, port } = await listening({ tls: { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') } })
    await using _ = log
    const plain = await connected(port)
    plain.end(`${message('bad')}\n`)
    const refused = await log.nextUntil(({ error }) => error?.code === 'not_syslog')
    expect(refused.error?.message).toContain('TLS')
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    socket.write(counted(message('bad, in TLS')))
    expect((await total(log, 1)).lines).toEqual(['bad: gunicorn: bad, in TLS'])
    socket.destroy()
    await rm(folder, { recursive: true })
  })

  it('says why it cannot listen, and listens once it can', async () => {
    const { log: first, port } = await listening()
    const second = new FollowedLog({ syslog: port, patterns })
    await second.begin()
    const failing = await until(
      () => second.poll(),
      ({ error }) => error?.code === 'port_in_use',
    )
    expect(failing.error?.message).toContain(String(port))
    await first[Symbol.asyncDispose]()
    await second.nextUntil(({ error }) => error?.code === 'nobody')
    await second[Symbol.asyncDispose]()
  })

  it.each([
    [{ cert: '/no/cert.pem', key: '/no/key.pem' }, 'no_certificate'],
    [{ cert: import.meta.filename, key: import.meta.filename }, 'bad_certificate'],
  ])('says what is wrong with its certificate', async (tls, code) => {
    await using log = new FollowedLog({ syslog: { port: await freePort(), tls }, patterns })
    await log.begin()
    await until(
      () => log.poll(),
      ({ error }) => error?.code === code,
    )
  })
})

describe('messages', () => {
  const text = (raw: string): string => readSyslog(Buffer.from(raw)).text.toString()
  it.each([
    [message('plain'), 'plain'],
    [message('\ufeffwith a mark'), 'with a mark'],
    [message('x', '[a@1 b="c \\] \\" d"][e f="g"]'), 'x'],
    [`${HEADER} -`, ''],
    [message(' from rsyslog'), 'from rsyslog'],
    ['<13>Nov 21 10:00:00 web app: old kind', 'app: old kind'],
    ['<13>Nov  1 10:00:00 web app[12]: old kind', 'app[12]: old kind'],
    ['<13>2026-11-21T10:00:00.123+01:00 web app: forwarded', 'app: forwarded'],
    ['<11>from Python, without any', 'from Python, without any'],
    ['no syslog at all', 'no syslog at all'],
    [message('broken data', '[a b="c'), '[a b="c broken data'],
  ])('%s', (raw, wanted) => {
    expect(text(raw)).toBe(wanted)
  })

  const framed = (pieces: readonly string[]): { frames: Frame[]; fine: boolean } => {
    const frames: Frame[] = []
    const reader = new Frames((frame) => frames.push(frame))
    const fine = pieces.every((piece) => reader.feed(Buffer.from(piece)))
    reader.end()
    return { frames, fine }
  }

  it('may be cut anywhere, and framed in either way', () => {
    const stream = `5 helloxx\n\n\r\n3 a\nb12 a message 12<1>line\n7 half`
    for (let size = 1; size <= stream.length; size++) {
      const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
        stream.slice(index * size, (index + 1) * size),
      )
      expect(framed(pieces).frames.map(({ bytes }) => bytes.toString())).toEqual([
        'hello',
        'xx',
        'a\nb',
        'a message 12',
        '<1>line',
      ])
    }
  })

  it("end with NUL from Python's SysLogHandler, and are not waited for", () => {
    const frames: string[] = []
    const reader = new Frames(({ bytes }) => frames.push(bytes.toString()))
    for (const piece of ['<11>one\0', '<11>two\nand more\0<11>th', 'ree\0']) reader.feed(Buffer.from(piece))
    expect(frames).toEqual(['<11>one', '<11>two', 'and more', '<11>three'])
  })

  it('of 10 MB are kept in part', () => {
    const { frames } = framed(['10000000 ', ...Array<string>(10).fill('x'.repeat(1_000_000)), '2 ok'])
    expect(frames.map(({ bytes, length }) => [bytes.length, length])).toEqual([
      [65_536, 10_000_000],
      [2, 2],
    ])
  })

  it('that claim to be longer than anything end the connection', () => {
    expect(framed(['99999999999 x']).fine).toBe(false)
  })
})
