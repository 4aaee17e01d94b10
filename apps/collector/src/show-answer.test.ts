import { expect, test } from 'vitest'
import { Secrets } from './config/secrets.ts'
import { showAnswer } from './show-answer.ts'

const secrets = new Secrets(['sekret-9911'])

function shown(body: unknown, cut = false): { text: string; removed: number } {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return showAnswer(Buffer.from(text), cut, (said) => secrets.redact(said))
}

function document(body: unknown): unknown {
  return JSON.parse(shown(body).text)
}

test('numbers, states, moments, versions and names of parts are shown as they came, indented', () => {
  const body = {
    status: 'ok',
    version: '1.22.3',
    now: '2026-11-25T09:00:03Z',
    database: { status: 'connected', latency_ms: 4.25, pool: { size: 5 } },
    memory: '512MB',
    environment: 'production',
    flags: [true, false, null],
    workers: [
      { worker: 'w1', busy: 1 },
      { worker: 'w2', busy: 0 },
    ],
    queues: { default: 3, 'uploads-high': 0 },
  }
  const { text, removed } = shown(body)
  expect([JSON.parse(text), removed]).toEqual([body, 0])
  expect(text).toContain('\n  "database": {\n')
})

test('people are taken out, however they are listed, and whatever else stands under them', () => {
  expect(
    document({
      users: ['Mira Okonkwo', 'tomas'],
      active_users: { count: 2, names: ['Mira'] },
      students: { mira: { uploads: 3 }, total: 2 },
      usage: { mira: { used: 1 }, tomas: { used: 2 } },
      logins: { 'mira@example.org': 3, count: 4 },
      jobs: [
        { id: 7, owner: 'Tomas Havel', seconds: 3 },
        { id: 8, owner: 'mira', seconds: 4 },
      ],
      by_room: [{ anna: 3 }, { bob: 5 }],
      rooms: ['Room of Mira', 'Room of Tomas'],
      greeting: 'Hello Mira',
      note: 'call Tomas',
      contact: 'mira@example.org',
    }),
  ).toEqual({
    users: '[removed]',
    active_users: { count: 2, names: '[removed]' },
    students: { total: 2, '[removed]': '1 entry' },
    usage: { '[removed]': '2 entries' },
    logins: { count: 4, '[removed]': '1 entry' },
    jobs: [
      { id: 7, owner: '[removed]', seconds: 3 },
      { id: 8, owner: '[removed]', seconds: 4 },
    ],
    by_room: [{ '[removed]': '1 entry' }, { '[removed]': '1 entry' }],
    rooms: '[removed]',
    greeting: '[removed]',
    note: '[removed]',
    contact: '[removed]',
  })
})

test('secrets go: those that were sent, those a key says are one, and tokens in addresses', () => {
  const { text, removed } = shown({
    api_token: 'abc',
    tokens_used: 4_000,
    endpoint: 'https://user:pw@api.example/v1?token=abc&page=2&s=0123456789abcdef',
    recommendations: ['Your key sekret-9911 is old', 'Write to mira@example.org'],
    'sekret-9911': 1,
  })
  expect(JSON.parse(text)).toEqual({
    api_token: '[removed]',
    tokens_used: 4_000,
    endpoint: 'https://[removed]@api.example/v1?token=[removed]&page=2&s=[removed]',
    recommendations: ['Your key [secret] is old', 'Write to [removed]'],
    '[secret]': 1,
  })
  expect(removed).toBe(4)
})

test('what was cut off is shown as far as it is whole', () => {
  expect(JSON.parse(shown('{"queue_length": 5, "pool": {"size": 3, "us', true).text)).toEqual({
    queue_length: 5,
    pool: { size: 3 },
  })
})

test('a NaN is no obstacle; of a web page only the title is said; other text is shown without what is surely somebody’s', () => {
  expect(shown('{"a": NaN, "queue_length": 2}').text).toContain('"queue_length": 2')
  expect(shown('<!doctype html><title>Sign in</title><p>Hello Mira Okonkwo').text).toBe(
    'A web page with the title "Sign in", not JSON.',
  )
  expect(shown('upstream gave up on Mira Okonkwo, mira@example.org')).toEqual({
    text: 'upstream gave up on [removed], [removed]',
    removed: 2,
  })
})

test('of Prometheus text, labels that say something of somebody are taken out', () => {
  const { text, removed } = shown(
    `# TYPE http_requests_total counter\nhttp_requests_total{method="GET",code="200",user="mira"} 5\nup{host="a.example",session="x"} 1\nmail{to="mira@example.org"} 1\n`,
  )
  expect(text).toBe(
    `# TYPE http_requests_total counter\nhttp_requests_total{method="GET",code="200",user="[removed]"} 5\nup{host="a.example",session="[removed]"} 1\nmail{to="[removed]"} 1\n`,
  )
  expect(removed).toBe(3)
})

test('why a check is not well is shown, and so are the names of checks; nobody by name is', () => {
  const checks = [
    { name: 'Database', status: 'DOWN', message: 'no connection for user "mira"', took: '00:00:00.081' },
    { name: 'Mail', status: 'UP' },
  ]
  expect(document({ status: 'DOWN', error: 'one of two is down', checks })).toEqual({
    status: 'DOWN',
    error: 'one of two is down',
    checks: [
      { name: 'Database', status: 'DOWN', message: 'no connection for user …', took: '00:00:00.081' },
      { name: 'Mail', status: 'UP' },
    ],
  })
})

test('a health check of plain text is shown as it came', () => {
  expect(shown('[+]ping ok\n[-]etcd failed')).toEqual({ text: '[+]ping ok\n[-]etcd failed', removed: 0 })
})
