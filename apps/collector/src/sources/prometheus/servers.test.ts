import { labelsKey } from '@headroom/shared/model/labels.ts'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { serve } from '../testing/serve.ts'
import { prometheus } from './prometheus.ts'

/** What is known of an exposition at its second answer; a counter as its running total. */
async function known(...bodies: readonly string[]): Promise<Record<string, number | string>> {
  let asked = 0
  await using server = await serve((_, response) => void response.end(bodies[Math.min(asked++, bodies.length - 1)]))
  const clock = new FakeClock()
  const common = { id: 'a', everyMs: 15_000, timeoutMs: 60_000, maxSeries: 2_000, labels: {} }
  await using source = prometheus.open(
    { ...prometheus.schema.parse({ url: `${server.url}/metrics` }), ...common },
    { clock, log: silentLogger },
  )
  await source.poll?.(AbortSignal.timeout(60_000))
  await clock.advance(15_000)
  const reading = await source.poll?.(AbortSignal.timeout(60_000))
  const rows = (reading?.mapped ?? []).filter(({ how }) => how === 'known')
  return Object.fromEntries(rows.map(({ metric, labels, value }) => [`${metric}${labelsKey(labels)}`, value]))
}

describe('servers and runtimes that have names of their own', () => {
  it('HAProxy: what its frontends serve, but for its own pages', async () => {
    const at = (ok: number, bad: number): string => `# TYPE haproxy_frontend_http_requests_total counter
haproxy_frontend_http_requests_total{proxy="web"} ${ok + bad}
haproxy_frontend_http_requests_total{proxy="stats"} 900
# TYPE haproxy_frontend_http_responses_total counter
haproxy_frontend_http_responses_total{proxy="web",code="2xx"} ${ok}
haproxy_frontend_http_responses_total{proxy="web",code="5xx"} ${bad}
haproxy_frontend_http_responses_total{proxy="stats",code="2xx"} 900
# TYPE haproxy_backend_active_servers gauge
haproxy_backend_active_servers{proxy="b"} 2
haproxy_process_uptime_seconds 50
`
    expect(await known(at(100, 0), at(160, 20))).toEqual({
      'requests.per_minute': 180,
      'responses.per_minute{status="2xx"}': 160,
      'responses.per_minute{status="5xx"}': 20,
      'errors.percent': expect.closeTo(25, 6) as number,
      'replicas.ready': 2,
      'uptime.seconds': 50,
    })
  })

  it('Apache: its workers', async () => {
    const body = `apache_up 1
# TYPE apache_accesses_total counter
apache_accesses_total 12
apache_workers{state="busy"} 3
apache_workers{state="idle"} 5
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 999
`
    expect(await known(body)).toEqual({
      healthy: 1,
      'requests.per_minute': 12,
      'workers.busy': 3,
      'workers.total': 8,
    })
  })

  it('a Java virtual machine: its heap, its pool and its threads', async () => {
    const body = `jvm_memory_used_bytes{area="heap",id="old"} 300
jvm_memory_used_bytes{area="heap",id="eden"} 100
jvm_memory_used_bytes{area="nonheap",id="metaspace"} 5000
jvm_memory_max_bytes{area="heap",id="old"} 1000
jvm_memory_max_bytes{area="heap",id="eden"} -1
process_cpu_usage 0.25
system_cpu_usage 0.9
tomcat_threads_busy_threads{name="http"} 7
tomcat_threads_config_max_threads{name="http"} 200
hikaricp_connections_active{pool="main"} 4
hikaricp_connections_max{pool="main"} 10
hikaricp_connections_pending{pool="main"} 1
`
    expect(await known(body)).toEqual({
      'memory.used_bytes': 400,
      'memory.limit_bytes': 1_000,
      'memory.used_percent': 40,
      'cpu.used_percent': 25,
      'requests.in_flight': 7,
      'slots.limit': 200,
      'db.pool.in_use{pool="main"}': 4,
      'db.pool.size{pool="main"}': 10,
      'db.pool.limit{pool="main"}': 10,
      'db.pool.waiting{pool="main"}': 1,
    })
  })

  it('MySQL: its connections against their limit', async () => {
    const body =
      'mysql_up 1\nmysql_global_status_threads_connected 12\nmysql_global_variables_max_connections 151\nmysql_global_status_uptime 9\n'
    expect(await known(body)).toEqual({
      healthy: 1,
      'db.connections': 12,
      'db.connections.limit': 151,
      'uptime.seconds': 9,
    })
  })

  it('queues of RabbitMQ and Sidekiq', async () => {
    expect(await known('rabbitmq_queue_messages_ready{queue="mail"} 7\n')).toEqual({ 'queue.length{queue="mail"}': 7 })
    expect(await known('rabbitmq_queue_messages_ready 9\n')).toEqual({ 'queue.length': 9 })
    expect(await known('sidekiq_queue_size{name="low"} 3\nsidekiq_queue_latency{name="low"} 1.5\n')).toEqual({
      'queue.length{queue="low"}': 3,
      'queue.oldest_seconds{queue="low"}': 1.5,
    })
  })

  it('a probe that failed is not healthy, and what exports it is not what is watched', async () => {
    expect(await known('probe_success 0\nprocess_resident_memory_bytes 9\n')).toEqual({ healthy: 0 })
    expect(await known('namedprocess_namegroup_num_procs 2\nprocess_resident_memory_bytes 9\n')).toEqual({})
  })
})

describe('a name that misleads', () => {
  it('a gauge is no counter, whatever it is called: so it is in prom-client', async () => {
    const body =
      '# TYPE app_requests_total gauge\napp_requests_total 0\n# TYPE nodejs_active_requests_total gauge\nnodejs_active_requests_total 4\n'
    expect(await known(body)).toEqual({})
  })

  it('requests to the administration are not those of people', async () => {
    const body = `# TYPE caddy_admin_http_requests_total counter
caddy_admin_http_requests_total 9
# TYPE caddy_http_requests_total counter
caddy_http_requests_total 4
# TYPE alertmanager_notification_requests_total counter
alertmanager_notification_requests_total 7
`
    expect(await known(body)).toEqual({ 'requests.per_minute': 4 })
  })
})
