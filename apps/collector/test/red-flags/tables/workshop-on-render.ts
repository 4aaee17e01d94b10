import { type Moment, type Table, total } from '../stage/types.ts'
import { document, exposition } from '../wires/http.ts'
import { logFile } from '../wires/log.ts'
import { type Measured, render } from '../wires/render.ts'
import { statsd } from '../wires/statsd.ts'

const GIB = 2 ** 30

/** What the workshop says of itself at /api/health. */
const calm = {
  status: 'ok',
  active_sessions: 27,
  requests: { in_flight: 7 },
  gemini: { requests_per_minute: 64, rate_limited_total: 0 },
  upload: { p95_seconds: 12.4 },
  instances: 1,
}
const says = (wrong: object): ReturnType<typeof document> => document({ calm, wrong: { ...calm, ...wrong } })

/** What Render measures of it: 2 GB, and a calm 25 % of them. */
const measures = (wrong: Measured): ReturnType<typeof render> => render({ calm: {}, wrong })
const memory = (percent: number): ReturnType<typeof render> =>
  measures({ metrics: { memory: () => (percent / 100) * 2 * GIB } })

const limited = (moment: Moment): object => ({
  ...calm,
  gemini: { requests_per_minute: 64, rate_limited_total: total(moment, 0, 2) },
})
const passedOn = (moment: Moment): string => `# TYPE flask_http_request_total counter
flask_http_request_total{method="POST",status="200"} ${total(moment, 300, 300)}
flask_http_request_total{method="POST",status="429"} ${total(moment, 0, 2)}`

const MEMORY = 'memory near 100 %'
const CLIMBING = '> 80 % of 1,000/min (info above 225/min)'
const SESSIONS = '> 80 % / >= 100 % of 100'
const SLOW = 'p95 > 16.9 s (info above 15)'
const GUNICORN = ['gunicorn.requests:5|c', 'gunicorn.request.status.200:5|c', 'gunicorn.workers:4|g']

/** Workshop Capacity - Final Configuration. */
export const workshopOnRender: Table = {
  preset: 'workshop-on-render',
  scenes: [
    {
      title: 'that the application tells',
      calm: 60,
      wrong: 180,
      wellAgain: 200,
      stepMs: 500,
      rows: [
        {
          says: 'any HTTP 503 in the last minute',
          when: 'one of gunicorn, by StatsD',
          flags: ['server-busy'],
          from: statsd({
            calm: GUNICORN,
            wrong: ({ since }) => (since < 5 ? [...GUNICORN, 'gunicorn.request.status.503:1|c'] : GUNICORN),
          }),
        },
        {
          says: 'any HTTP 503 in the last minute',
          when: 'one in the access log',
          flags: ['server-busy-log'],
          from: logFile(
            '10.0.0.7 - - [25/Nov/2026:08:01:00 +0000] "POST /upload HTTP/1.1" 200 5031 "-" "Mozilla/5.0"',
            '10.0.0.7 - - [25/Nov/2026:08:02:00 +0000] "POST /upload HTTP/1.1" 503 98 "-" "Mozilla/5.0"',
          ),
        },
        {
          says: 'any 429 in the last minute',
          when: 'a counter of the application',
          flags: ['upstream-rate-limit'],
          from: document({ calm: limited, wrong: limited }),
        },
        {
          says: 'any 429 in the last minute',
          when: 'a line of the client library',
          flags: ['upstream-rate-limit-log'],
          from: logFile(
            'INFO captions: caption 4290 of session 12 is done',
            'ERROR captions: google.api_core.exceptions.ResourceExhausted: 429 RESOURCE_EXHAUSTED',
          ),
        },
        {
          says: 'any 429 in the last minute',
          when: 'an answer to a student',
          flags: ['upstream-rate-limit-status'],
          from: exposition({ calm: passedOn, wrong: passedOn }),
        },
        {
          says: CLIMBING,
          when: '300 a minute',
          flags: ['upstream-rate-climbing-info'],
          from: says({ gemini: { requests_per_minute: 300, rate_limited_total: 0 } }),
        },
        {
          says: CLIMBING,
          when: '850 a minute',
          flags: ['upstream-rate-climbing-info', 'upstream-rate-climbing'],
          from: says({ gemini: { requests_per_minute: 850, rate_limited_total: 0 } }),
        },
        {
          says: 'in flight >= 16',
          when: '16',
          flags: ['request-slots-full'],
          from: says({ requests: { in_flight: 16 } }),
        },
        { says: 'sessions > 40', when: '41', flags: ['beyond-tested'], from: says({ active_sessions: 41 }) },
        {
          says: SESSIONS,
          when: '81',
          flags: ['beyond-tested', 'sessions-near-the-limit-high'],
          from: says({ active_sessions: 81 }),
        },
        {
          says: SESSIONS,
          when: '100',
          flags: ['beyond-tested', 'sessions-near-the-limit-high', 'sessions-near-the-limit-critical'],
          from: says({ active_sessions: 100 }),
        },
        { says: SLOW, when: '16 s', flags: ['uploads-slow-info'], from: says({ upload: { p95_seconds: 16 } }) },
        {
          says: SLOW,
          when: '17.5 s',
          flags: ['uploads-slow-info', 'uploads-slow'],
          from: says({ upload: { p95_seconds: 17.5 } }),
        },
        {
          says: 'instances > 1',
          when: 'said by the application',
          flags: ['more-than-one-instance'],
          from: says({ instances: 2 }),
        },
      ],
    },
    {
      title: 'that Render tells, some minutes late',
      calm: 600,
      wrong: 600,
      wellAgain: 900,
      stepMs: 500,
      rows: [
        { says: 'memory > 40 %', when: '60 %', flags: ['outside-the-expected'], from: memory(60) },
        { says: MEMORY, when: '85 %', flags: ['outside-the-expected', 'memory-near-100-high'], from: memory(85) },
        {
          says: MEMORY,
          when: '95 %',
          flags: ['outside-the-expected', 'memory-near-100-high', 'memory-near-100-critical'],
          from: memory(95),
        },
        {
          says: 'any HTTP 503 in the last minute',
          when: 'one of 121 requests',
          flags: ['server-busy'],
          from: measures({ metrics: { 'http-requests': (_, status) => (status === '200' ? 120 : 1) } }),
        },
        {
          says: 'instances > 1',
          when: 'scaled to 2',
          flags: ['more-than-one-instance'],
          from: measures({ instances: ['srv-web-1', 'srv-web-2'] }),
        },
      ],
    },
    {
      title: 'after the event',
      calm: 600,
      wrong: 2_700,
      wellAgain: 300,
      stepMs: 5_000,
      rows: [
        {
          says: "not falling for 30 min after the event's end",
          when: '12 sessions that nobody has',
          flags: ['stuck-sessions'],
          // The clock of the scene begins at eight; 12 sessions stay.
          event: { start: '2026-11-25T07:00', end: '2026-11-25T08:10' },
          from: document(
            {
              calm: ({ since }) => ({ status: 'ok', active_sessions: since < 0 ? Math.round(27 + since / 40) : 0 }),
              wrong: { status: 'ok', active_sessions: 12 },
            },
            { every: '30s' },
          ),
        },
      ],
    },
  ],
}
