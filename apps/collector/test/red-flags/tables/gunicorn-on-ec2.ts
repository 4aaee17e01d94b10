import type { Table } from '../stage/types.ts'
import { aws } from '../wires/aws.ts'
import { document } from '../wires/http.ts'
import { logFile } from '../wires/log.ts'
import { statsd } from '../wires/statsd.ts'

const people = (count: number): ReturnType<typeof document> =>
  document({ calm: { status: 'ok', active_users: 41 }, wrong: { status: 'ok', active_users: count } })
const requests = (ms: number): string[] => [
  'gunicorn.requests:10|c',
  ...Array<string>(10).fill(`gunicorn.request.duration:${ms}|ms`),
]
const line = (wrong: string): ReturnType<typeof logFile> => logFile('[INFO] chatmrpt: a survey was analysed', wrong)

const PEOPLE = '> 50 / > 60 people'
const MEMORY = '> 75 % (6 of 8 GB) / > 90 %'
const SESSION = 'session errors, "file not found", failed uploads: any'

/** Simple Scaling Plan for 50 Concurrent Users. */
export const gunicornOnEc2: Table = {
  preset: 'gunicorn-on-ec2',
  scenes: [
    {
      title: 'that the application, gunicorn and the log tell',
      calm: 60,
      wrong: 180,
      wellAgain: 200,
      stepMs: 500,
      rows: [
        { says: PEOPLE, when: '51', flags: ['people-high'], from: people(51) },
        { says: PEOPLE, when: '61', flags: ['people-high', 'people-critical'], from: people(61) },
        {
          says: 'response time p95 > 3 s',
          when: '4 s, by StatsD',
          flags: ['slow'],
          from: statsd({ calm: requests(400), wrong: requests(4_000) }),
        },
        {
          says: SESSION,
          when: 'a session error',
          flags: ['session-errors'],
          from: line('[ERROR] chatmrpt: Session not found: 7f3a'),
        },
        {
          says: SESSION,
          when: 'a file of another worker',
          flags: ['file-not-found'],
          from: line("FileNotFoundError: [Errno 2] No such file or directory: '/tmp/sessions/7f3a/raw.csv'"),
        },
        {
          says: SESSION,
          when: 'a failed upload',
          flags: ['failed-uploads'],
          from: line('[ERROR] chatmrpt: Upload failed for raw.csv'),
        },
      ],
    },
    {
      title: 'that CloudWatch tells, minutes late',
      calm: 300,
      wrong: 900,
      wellAgain: 1_200,
      stepMs: 500,
      rows: [
        {
          says: 'response time p95 > 3 s',
          when: '4 s at the load balancer',
          flags: ['slow'],
          from: aws('balancer', { calm: {}, wrong: { p95: 4 } }),
        },
        {
          says: 'CPU > 80 %',
          when: '85 %',
          flags: ['cpu-high'],
          from: aws('machine', { calm: {}, wrong: { cpu: 85 } }),
        },
        {
          says: MEMORY,
          when: '80 %, by the agent',
          flags: ['memory-high'],
          from: aws('machine', { calm: {}, wrong: { memory: 80 } }),
        },
        {
          says: MEMORY,
          when: '95 %, by the agent',
          flags: ['memory-high', 'memory-critical'],
          from: aws('machine', { calm: {}, wrong: { memory: 95 } }),
        },
        {
          says: 'instances > 1',
          when: '2 in service',
          flags: ['instances'],
          from: aws('group', { calm: {}, wrong: { machines: 2 } }),
        },
      ],
    },
  ],
}
