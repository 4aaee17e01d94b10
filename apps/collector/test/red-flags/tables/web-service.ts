import { hangUp, json, raw } from '../../support/endpoint.ts'
import { type Moment, type Table, total } from '../stage/types.ts'
import { address, document, exposition } from '../wires/http.ts'
import { kubernetes } from '../wires/kubernetes.ts'
import { logFile } from '../wires/log.ts'
import { otlp } from '../wires/otlp.ts'
import { fullPostgres } from '../wires/postgres.ts'
import { renderWebhook } from '../wires/render.ts'

const well = json({ status: 'healthy' })
const wrongly = (more: object): ReturnType<typeof document> =>
  document({ calm: { status: 'healthy' }, wrong: { status: 'healthy', ...more } })

/** A document with an uptime that begins again at these seconds after it went wrong. */
const restartedAt = (...times: number[]): ReturnType<typeof document> => {
  const says = ({ at, since }: Moment): object => {
    const last = times.findLast((time) => time <= since)
    return { status: 'healthy', uptime_seconds: last === undefined ? 5_000 + at : since - last }
  }
  return document({ calm: says, wrong: says })
}

/** A machine of two cores as node_exporter tells it; shares of it in percent. */
const machine = (busy: number, memory = 40, disk = 40): ReturnType<typeof exposition> => {
  const says =
    (now: { memory: number; disk: number }) =>
    (moment: Moment): string => {
      const idle = (moment.at - (moment.wrongFor * busy) / 100) * 2
      return `# TYPE node_cpu_seconds_total counter
node_cpu_seconds_total{cpu="0",mode="idle"} ${idle}
node_cpu_seconds_total{cpu="0",mode="user"} ${moment.at * 2 - idle}
node_memory_MemTotal_bytes 8e+09
node_memory_MemAvailable_bytes ${8e9 * (1 - now.memory / 100)}
node_filesystem_size_bytes{device="/dev/nvme0n1p1",fstype="ext4",mountpoint="/"} 1e+11
node_filesystem_free_bytes{device="/dev/nvme0n1p1",fstype="ext4",mountpoint="/"} ${1e11 * (1 - now.disk / 100)}
node_filesystem_avail_bytes{device="/dev/nvme0n1p1",fstype="ext4",mountpoint="/"} ${1e11 * (1 - now.disk / 100)}`
    }
  return exposition({ calm: says({ memory: 40, disk: 40 }), wrong: says({ memory, disk }) })
}

const responses = (moment: Moment): string => `# TYPE http_requests_total counter
http_requests_total{status="200"} ${total(moment, 120, 108)}
http_requests_total{status="500"} ${total(moment, 0, 12)}`

const DOWN = 'an endpoint that answered before refuses, times out or answers 5xx, 3 scrapes running'
const UNHEALTHY = '`status` other than healthy/ok, an `error` in the body, a status code in the body'
const KILLED = 'OOMKilled, `server_failed`, exit 137'

/** What every system is watched for, whatever its document says. */
export const webService: Table = {
  preset: 'web-service',
  scenes: [
    {
      title: 'of any system',
      calm: 60,
      wrong: 180,
      wellAgain: 400,
      stepMs: 500,
      rows: [
        {
          says: DOWN,
          when: 'HTTP 503',
          flags: ['down', 'no-data'],
          from: address({ calm: well, wrong: raw('no', 'text/html', 503) }),
        },
        {
          says: DOWN,
          when: 'a connection that is cut',
          flags: ['down', 'no-data'],
          from: address({ calm: well, wrong: hangUp }),
        },
        { says: UNHEALTHY, when: 'a status', flags: ['says-it-is-unhealthy'], from: wrongly({ status: 'degraded' }) },
        {
          says: UNHEALTHY,
          when: 'a status that is a code',
          flags: ['says-it-is-unhealthy'],
          from: wrongly({ status: 503 }),
        },
        {
          says: UNHEALTHY,
          when: 'an error',
          flags: ['says-it-is-unhealthy'],
          from: wrongly({ error: 'no such table: jobs' }),
        },
        {
          says: UNHEALTHY,
          when: 'a status code',
          flags: ['says-it-is-unhealthy'],
          from: wrongly({ status_code: 503 }),
        },
        {
          says: 'a check, component or service that is not well under a status that is',
          when: 'Redis is down, and the status UP',
          flags: ['a-part-is-not-well'],
          from: document({
            calm: { status: 'UP', components: { redis: { status: 'UP' } } },
            wrong: { status: 'UP', components: { redis: { status: 'DOWN' } } },
          }),
        },
        {
          says: 'nothing for 3 intervals',
          when: 'pushes that stop',
          flags: ['no-data'],
          from: otlp({ calm: { active_sessions: 3 }, wrong: undefined }),
        },
        { says: 'uptime went down', when: 'one restart', flags: ['restarted'], from: restartedAt(0) },
        {
          says: 'not within 5 min of a deploy',
          when: "a restart half a minute after a deploy of Render's",
          flags: [],
          from: [restartedAt(30), renderWebhook('deploy_ended')],
        },
        { says: 'twice in 45 min', when: 'two restarts', flags: ['restarted', 'crash-loop'], from: restartedAt(0, 60) },
        {
          says: KILLED,
          when: 'OOMKilled, said by Kubernetes',
          flags: ['out-of-memory-killed'],
          from: kubernetes({ calm: {}, wrong: { killed: true } }),
        },
        {
          says: KILLED,
          when: "Render's webhook",
          flags: ['out-of-memory-killed'],
          from: renderWebhook('server_failed'),
        },
        {
          says: KILLED,
          when: 'the log of the kernel',
          flags: ['out-of-memory-killed-log'],
          from: logFile(
            'systemd[1]: Started app.',
            'kernel: Out of memory: Killed process 4242 (python3) total-vm:2097152kB',
          ),
        },
        {
          says: 'too many connections',
          when: 'PostgreSQL turns Headroom itself away',
          flags: ['db-connections-high', 'db-connections-critical', 'too-many-connections-refused'],
          from: fullPostgres(),
        },
        {
          says: 'every slot taken for 60 s',
          when: 'requests in flight are as many as the slots',
          flags: ['request-slots-full'],
          from: document({
            calm: { slots: { in_use: 2, total: 5 } },
            wrong: { slots: { in_use: 5, total: 5 } },
          }),
        },
        {
          says: '> 80 % / 100 % of the pool',
          when: 'a pool is used up',
          flags: ['db-pool-high', 'db-pool-critical'],
          from: document({
            calm: { db_pool: { size: 10, checked_out: 2 } },
            wrong: { db_pool: { size: 10, checked_out: 10 } },
          }),
        },
        {
          says: '> 80 % / > 95 % of the connections',
          when: 'the database has two left of a hundred',
          flags: ['db-connections-high', 'db-connections-critical'],
          from: document({
            calm: { db_connections: 20, db_max_connections: 100 },
            wrong: { db_connections: 98, db_max_connections: 100 },
          }),
        },
        { says: '> 80 % / > 90 %', when: 'CPU of 85 %', flags: ['cpu-high'], from: machine(85) },
        { says: '> 80 % / > 90 %', when: 'CPU of 97 %', flags: ['cpu-high', 'cpu-critical'], from: machine(97) },
        { says: '> 80 % / > 90 %', when: 'memory of 85 %', flags: ['memory-high'], from: machine(0, 85) },
        {
          says: '> 80 % / > 90 %',
          when: 'memory of 97 %',
          flags: ['memory-high', 'memory-critical'],
          from: machine(0, 97),
        },
        { says: '> 80 % / > 90 %', when: 'a disk of 85 %', flags: ['disk-high'], from: machine(0, 40, 85) },
        {
          says: '> 80 % / > 90 %',
          when: 'a disk of 97 %',
          flags: ['disk-high', 'disk-critical'],
          from: machine(0, 40, 97),
        },
        {
          says: '> 5 % of requests',
          when: 'a tenth answered 500',
          flags: ['errors'],
          from: exposition({ calm: responses, wrong: responses }),
        },
      ],
    },
  ],
}
