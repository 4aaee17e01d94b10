import { describe, expect, it } from 'vitest'
import { cpuMeter } from '../../../lib/testing/cpu-meter.ts'
import { patternSet } from '../patterns/pattern-set.ts'
import { type FoundLine, KEPT_BYTES, LineScanner } from './line-scanner.ts'
import { redactLine } from './redact-line.ts'
import { showLine } from './show-line.ts'

const shown = (text: string | Buffer): string => showLine(Buffer.from(text), Buffer.byteLength(text))

describe('what is taken out of a line', () => {
  it.each([
    ['GET /api/admin/metrics?admin_token=hunter2&x=1 HTTP/1.1', 'hunter2'],
    ['GET /cb?code=4/0AX4XfWh&state=1', '4/0AX4XfWh'],
    ['Authorization: Bearer abc.def-ghi', 'abc.def'],
    ['{"authorization": "Basic dXNlcjpwYXNz", "path": "/"}', 'dXNlcjpwYXNz'],
    ['sent bearer 0123456789abcdef', '0123456789abcdef'],
    ['Cookie: session=s3cr3t; theme=dark', 's3cr3t'],
    ['Set-Cookie: id=a3fWa; Expires=Wed', 'a3fWa'],
    ['X-Api-Key: k-12', 'k-12'],
    ['could not connect to postgres://captions:p@ss:word@db.example.com/app', 'p@ss:word'],
    ['redis://:hunter2@cache:6379', 'hunter2'],
    ['cloning https://ghp_aaaabbbbccccddddeeeeffff0000@github.com/x/y', 'ghp_aaaa'],
    ['password=hunter2 user=ada', 'hunter2'],
    ["login failed: {'password': 'hun ter2'}", 'ter2'],
    ['DB_PASSWORD: hunter2', 'hunter2'],
    ['api_key => "sk-live"', 'sk-live'],
    ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG', 'wJalrXUtnFEMI'],
    ['key AKIAIOSFODNN7EXAMPLE is used', 'AKIAIOSFODNN7EXAMPLE'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_def', 'eyJzdWIi'],
    ['slack xoxb-1234567890-abcdef', 'xoxb-123'],
    ['-----BEGIN RSA PRIVATE KEY----- MIIEowIBAAKCAQEA', 'MIIEow'],
    ['mail to ada.lovelace+x@example.co.uk bounced', 'ada.lovelace'],
    ['10.0.0.1 - ada [21/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5', 'ada'],
    ['token 0123456789abcdef0123456789abcdef is wrong', '0123456789abcdef'],
    ['psql --password hunter2 -h db', 'hunter2'],
    ['curl -u bob:hunter2 https://x', 'hunter2'],
    ['body was "{\\"password\\":\\"hun ter2\\"}"', 'ter2'],
    ["{'passwd': b'hunter2'}", 'hunter2'],
    ['{"password": "hun\\"ter2", "x": 1}', 'ter2'],
    ["dsn='user=x password=hun\\'ter2 host=db'", 'ter2'],
    ["headers [(b'cookie', b'sid=hunter2'), ('authorization', 'Bearer ab')]", 'hunter2'],
    ['{"Cookie":["sid=hunter2"]}', 'hunter2'],
    ['Proxy-Authorization: Digest username="bob", response="hunter2"', 'hunter2'],
    ['could not connect to redis://:hun/ter2@cache:6379/0', 'ter2'],
    ['mongodb+srv://app:hun/t#er2@db.example.com/x?retryWrites=true', 'er2'],
    ['DefaultEndpointsProtocol=https;AccountName=a;AccountKey=hunter2/+=;EndpointSuffix=b', 'hunter2'],
    ['env STRIPE_KEY=hunter2 GITHUB_PAT="hunter2"', 'hunter2'],
    ['POST /login?user=bob&pw=hunter2&otp=123456', 'hunter2'],
    ['q=%7B%22password%22%3A%22hunter2%22%7D', 'hunter2'],
    ['form password%3Dhunter2%26x%3D1', 'hunter2'],
    ['<wsse:Password Type="x">hunter2</wsse:Password>', 'hunter2'],
    ['GET /reset/0123456789abcdef0123456789abcdef HTTP/1.1" 503', '0123456789abcdef'],
    ['GET /magic/q9Wn_3kTz-Yb7Qm2LxV8sRd4 HTTP/1.1" 503', 'q9Wn_3k'],
    ['POST https://hooks.slack.com/services/T00000000/B00000000/abcdEFGHijklMNOPqrstUVWX', 'abcdEFGH'],
    ['POST https://api.telegram.org/bot123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11/getMe', 'ABC-DEF'],
    ['nginx: 10.0.0.1 - ada [21/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5', 'ada'],
    ['found hf_abcdefghijklmnopqrstuvwxyz in the environment', 'hf_abcdef'],
  ])('%s', (line, secret) => {
    expect(redactLine(line)).not.toContain(secret)
    expect(redactLine(line)).toMatch(/\[(secret|user|e-mail)\]/)
  })

  it.each([
    '[2026-11-21 10:00:00 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:12)',
    '10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] "GET /health?page=2 HTTP/1.1" 503 190 "-" "curl/8.0"',
    'FATAL: sorry, too many clients already (SQLSTATE 53300)',
    'QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00',
    'redis.exceptions.TimeoutError: Timeout connecting to server at redis://cache:6379/0',
    'File "/srv/app/tokens.py", line 12, in monkey: KeyError',
    'GET /v1/files/550e8400-e29b-41d4-a716-446655440000/how-to-build-a-thing-in-2024 HTTP/1.1" 503',
    'GET /api/getUserNotificationSettings?page=2 HTTP/1.1" 503',
    'GET /static/index-BX3kQ9a1.js https://cdn.example.com:8443/@scope/pkg@1.2.3 HTTP/1.1" 429',
    'cache_key=user:12 primary key=7, 3 pass, 0 fail, exit code: 137',
    'ERROR in /home/app/.venv/lib/python3.12/site-packages/sqlalchemy/pool/base.py: MemoryError',
  ])('nothing of %s', (line) => {
    expect(redactLine(line)).toBe(line)
  })

  it('is taken out once', () => {
    expect(redactLine('X-Api-Key: k1')).toBe('X-Api-Key: [secret]')
    expect(redactLine('GET /?api_key=k1&page=2')).toBe('GET /?api_key=[secret]&page=2')
  })

  it('takes little time of a line that is made to take long', () => {
    const took = cpuMeter()
    for (const piece of [
      'a.',
      'a-',
      'a@',
      'token',
      'x=',
      '://a',
      '"',
      'Ab1',
      '-----BEGIN ',
      ' - ',
      '\\\\',
      "b'",
      '%3A',
      '<token ',
      'A_',
      '-u a:',
      'cookie"',
      '/a1',
    ])
      redactLine(piece.repeat(KEPT_BYTES / piece.length))
    expect(took()).toBeLessThan(2_000)
  })
})

describe('what is shown of a line', () => {
  it('is text, without the colours of a terminal and without what no screen can show', () => {
    expect(shown('\x1b[31mERROR\x1b[0m\tdisk \u0007full\u202e')).toBe('ERROR disk ·full·')
  })

  it('is said to be binary where it is', () => {
    expect(shown(Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 65, 66]))).toBe('(binary, 8 bytes)')
  })

  it('has a mark where its bytes are no UTF-8', () => {
    expect(shown(Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9]), Buffer.from(' is closed')]))).toBe(
      'caf· is closed',
    )
  })

  it('is cut, and says how long it was', () => {
    const line = showLine(Buffer.from('x'.repeat(KEPT_BYTES)), 10 * 2 ** 20)
    expect(line.length).toBeLessThan(450)
    expect(line).toContain('(a line of 10.0 MiB, cut)')
  })

  it('holds no half of a secret that lies where it is cut', () => {
    expect(shown(`${'x '.repeat(195)}password=hunter2hunter2`)).not.toContain('hunter')
  })
})

describe('a stream of lines', () => {
  const set = patternSet([{ id: 'bad', expression: 'bad', good: false }])
  const scanned = (pieces: readonly Buffer[]): { lines: number; found: FoundLine[] } => {
    const found: FoundLine[] = []
    const scanner = new LineScanner(set.automaton, (line) => found.push(line))
    for (const piece of pieces) scanner.feed(piece)
    scanner.end()
    return { lines: scanner.lines, found }
  }

  it('may be cut anywhere', () => {
    const text = Buffer.from('good\nvery bad\r\n\nbad at the end')
    for (let size = 1; size <= text.length; size++) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
        text.subarray(index * size, (index + 1) * size),
      )
      const { lines, found } = scanned(pieces)
      expect(lines).toBe(4)
      expect(found.map(({ bytes, length }) => [bytes.toString(), length])).toEqual([
        // Without its end, whichever it is: nothing of it is cut.
        ['very bad', 8],
        ['bad at the end', 14],
      ])
    }
  })

  it('may hold a line of 10 MB, of which little is kept and all is looked at', () => {
    const piece = Buffer.from('y'.repeat(2 ** 16))
    const { found } = scanned([...Array<Buffer>(160).fill(piece), Buffer.from('bad\nnext\n')])
    expect(found.map(({ bytes, length }) => [bytes.length, length])).toEqual([[KEPT_BYTES, 160 * 2 ** 16 + 3]])
  })
})
