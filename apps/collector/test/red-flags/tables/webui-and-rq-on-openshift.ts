import { hangUp, raw } from '../../support/endpoint.ts'
import { type Moment, type Table, total } from '../stage/types.ts'
import { address, document, exposition } from '../wires/http.ts'
import { kubernetes } from '../wires/kubernetes.ts'
import { logFile } from '../wires/log.ts'
import { fullPostgres } from '../wires/postgres.ts'

/** What the web UI says of itself. */
const calm = {
  status: 'healthy',
  database: { pool: { size: 30, max_overflow: 20, checked_out: 12, waiting: 0 }, connections: 45 },
  redis: { pool: { in_use: 40, size: 200 } },
  jobs: { running: 9, longest_seconds: 240 },
  queues: { default: { length: 3, oldest_seconds: 8 } },
  processes: { active: 1 },
}
const says = (wrong: object): ReturnType<typeof document> => document({ calm, wrong: { ...calm, ...wrong } })
const database = (pool: object, more: object = {}): ReturnType<typeof document> =>
  says({ database: { ...calm.database, pool: { ...calm.database.pool, ...pool }, ...more } })

/** What rq-exporter says: jobs that wait in two queues, and workers that are there. */
const rq = (queued: number, workers: number): string => `rq_jobs{queue="default",status="queued"} ${queued}
rq_jobs{queue="high",status="queued"} ${queued}
rq_jobs{queue="default",status="started"} 4
${Array.from({ length: workers }, (_, index) => `rq_workers{name="w${index}",queues="default",state="busy"} 1`).join('\n')}`

/** The counters of its workers: jobs that went well, and jobs that did not. */
const jobs = (good: number, bad: number): string => `# TYPE rq_workers_success_total counter
rq_workers_success_total{name="w0",queues="default"} ${good}
# TYPE rq_workers_failed_total counter
rq_workers_failed_total{name="w0",queues="default"} ${bad}
rq_workers{name="w0",queues="default",state="busy"} 10`

const oneFailed = (moment: Moment): string => jobs(total(moment, 60, 60), moment.since < 0 ? 0 : 1)
const manyFail = (moment: Moment): string => jobs(total(moment, 60, 50), total(moment, 0, 10))
const requests = (moment: Moment): string => `# TYPE http_requests_total counter
http_requests_total{status="200"} ${total(moment, 120, 108)}
http_requests_total{status="500"} ${total(moment, 0, 12)}`

const postgres = (connections: number): string => `pg_up 1
pg_settings_max_connections 103
pg_settings_superuser_reserved_connections 3
pg_stat_activity_count{datname="app",state="active"} 20
pg_stat_activity_count{datname="app",state="idle"} ${connections - 20}`
const redis = (clients: number): string => `redis_up 1
redis_config_maxclients 100
redis_connected_clients ${clients}`
/** The exporter under the id that a source of type redis has by itself. */
const redisItself = { type: 'prometheus', id: 'redis' }

const web = (wrong: Parameters<typeof kubernetes>[0]['wrong']): ReturnType<typeof kubernetes> =>
  kubernetes({ calm: {}, wrong })
const line = (wrong: string): ReturnType<typeof logFile> => logFile('INFO webui: 12 files were queued', wrong)

/** Connections that are opened and never given back, one a minute, until everything is restarted. */
const leaking = (inUse: number): ReturnType<typeof document> => {
  const now = ({ since, phase }: Moment): object => ({
    ...calm,
    database: {
      pool: { ...calm.database.pool, checked_out: phase === 'wrong' ? inUse : 12 },
      connections: phase === 'wrong' ? 30 + Math.floor(since / 60) : 30,
    },
  })
  return document({ calm: now, wrong: now }, { every: '30s' })
}

const CONNECTIONS = '> 80 % / > 95 % of what ordinary roles may use'
const POOL = 'in use > 80 % / all of size + overflow, or anybody waiting for 30 s'
const WORKERS = 'workers < 10 / <= 1'
const REPLICAS = 'ready < 3 / = 0'
const TIMEOUTS = 'log line, or 3 failed PINGs while other sources answer'

/** Scalability Analysis: 100 Concurrent Users on OpenShift. */
export const webuiAndRqOnOpenshift: Table = {
  preset: 'webui-and-rq-on-openshift',
  scenes: [
    {
      title: 'of jobs, pools and replicas',
      calm: 60,
      wrong: 240,
      wellAgain: 500,
      stepMs: 500,
      rows: [
        {
          says: '"too many connections"',
          when: 'a line of the log',
          flags: ['too-many-connections'],
          from: line('psycopg2.OperationalError: FATAL:  sorry, too many clients already'),
        },
        {
          says: 'SQLSTATE 53300',
          when: 'PostgreSQL turns Headroom itself away',
          flags: ['too-many-connections-refused', 'db-connections-high', 'db-connections-critical'],
          from: fullPostgres(),
        },
        {
          says: TIMEOUTS,
          when: 'a line of the log',
          flags: ['redis-connection-timeouts'],
          from: line('redis.exceptions.TimeoutError: Timeout reading from socket'),
        },
        {
          says: TIMEOUTS,
          when: 'Redis is silent, and the web answers',
          flags: ['redis-connection-timeouts-ping', 'no-data'],
          from: [says({}), address({ calm: raw(`${redis(40)}\n`, 'text/plain'), wrong: hangUp }, redisItself)],
        },
        {
          says: 'sum over queues > 50 jobs',
          when: '26 in each of two',
          flags: ['job-queue-length'],
          from: exposition({ calm: rq(10, 10), wrong: rq(26, 10) }),
        },
        {
          says: 'worker CPU or memory > 80 %',
          when: 'CPU of 90 % of the limit',
          flags: ['worker-cpu'],
          from: web({ cpu: '450m' }),
        },
        {
          says: 'worker CPU or memory > 80 %',
          when: 'memory of 88 % of the limit',
          flags: ['worker-memory'],
          from: web({ memory: '450Mi' }),
        },
        {
          says: 'longest running > 10 min / > job timeout',
          when: '11 min',
          flags: ['job-processing-time-high'],
          from: says({ jobs: { running: 9, longest_seconds: 660 } }),
        },
        {
          says: 'longest running > 10 min / > job timeout',
          when: '61 min',
          flags: ['job-processing-time-high', 'job-processing-time-critical'],
          from: says({ jobs: { running: 9, longest_seconds: 3_660 } }),
        },
        {
          says: '> 5 % of requests',
          when: 'a tenth answered 500',
          flags: ['error-rate'],
          from: exposition({ calm: requests, wrong: requests }),
        },
        {
          says: '> 5 % of jobs; failed after 3 retries: any',
          when: 'a sixth fail',
          flags: ['error-rate-jobs', 'failed-after-3-retries'],
          from: exposition({ calm: manyFail, wrong: manyFail }),
        },
        {
          says: 'failed after 3 retries: any',
          when: 'one of hundreds',
          flags: ['failed-after-3-retries'],
          from: exposition({ calm: oneFailed, wrong: oneFailed }),
        },
        {
          says: 'oldest waiting > 10 min',
          when: '11 min',
          flags: ['files-late'],
          from: says({ queues: { default: { length: 3, oldest_seconds: 660 } } }),
        },
        { says: POOL, when: '42 of 50', flags: ['db-pool-high'], from: database({ checked_out: 42 }) },
        {
          says: POOL,
          when: '50 of 50',
          flags: ['db-pool-high', 'db-pool-critical'],
          from: database({ checked_out: 50 }),
        },
        { says: POOL, when: 'one waits', flags: ['db-pool-waiting'], from: database({ waiting: 1 }) },
        {
          says: '(size + overflow) x processes > `max_connections`',
          when: '3 processes of 50',
          flags: ['pools-outgrow-the-server'],
          from: says({ processes: { active: 3 } }),
        },
        {
          says: CONNECTIONS,
          when: '85 of 100',
          flags: ['db-connections-high'],
          from: exposition({ calm: postgres(45), wrong: postgres(85) }),
        },
        {
          says: CONNECTIONS,
          when: '99 of 100',
          flags: ['db-connections-high', 'db-connections-critical'],
          from: exposition({ calm: postgres(45), wrong: postgres(99) }),
        },
        {
          says: 'pool size 0',
          when: 'no pool',
          flags: ['no-pooling'],
          from: database({ size: 0, checked_out: 0, max_overflow: 0 }),
        },
        {
          says: "> 80 % of the app's pool",
          when: '170 of 200',
          flags: ['redis-pool'],
          from: says({ redis: { pool: { in_use: 170, size: 200 } } }),
        },
        {
          says: '> 80 % of `maxclients`',
          when: '85 of 100',
          flags: ['redis-clients'],
          from: exposition({ calm: redis(40), wrong: redis(85) }),
        },
        { says: WORKERS, when: '9, said by Kubernetes', flags: ['too-few-workers-high'], from: web({ workers: 9 }) },
        {
          says: WORKERS,
          when: '1, said by RQ',
          flags: ['too-few-workers-high', 'too-few-workers-critical'],
          from: exposition({ calm: rq(10, 10), wrong: rq(10, 1) }),
        },
        { says: REPLICAS, when: '2', flags: ['too-few-replicas-high'], from: web({ webs: 2 }) },
        {
          says: REPLICAS,
          when: 'none',
          flags: ['too-few-replicas-high', 'too-few-replicas-critical'],
          from: web({ webs: 0 }),
        },
      ],
    },
    {
      title: 'of connections that are not given back',
      calm: 1_200,
      wrong: 2_400,
      wellAgain: 2_400,
      stepMs: 5_000,
      rows: [
        {
          says: 'rise without falling for 15 min while jobs do not',
          when: 'one a minute, and the pool is at ease',
          flags: ['leaked-connections-high'],
          from: leaking(20),
        },
        {
          says: '... and the pool >= 80 %',
          when: 'one a minute, and the pool at 82 %',
          flags: ['leaked-connections-high', 'leaked-connections-critical', 'db-pool-high'],
          from: leaking(41),
        },
      ],
    },
  ],
}
