import { STATUS, type Rule } from '../rule.ts'

const MINUTE_MS = 60_000
/** What a server serves of itself is no traffic. */
const OF_ITSELF = /^(stats|prometheus|metrics|admin|healthz?)/i
const OF_OTHERS = { proxy: OF_ITSELF, frontend: OF_ITSELF }
const HAPROXY_RESPONSES = /^haproxy_frontend_http_responses_total$/

/** Whether what an exporter watches answers it, and a blackbox exporter's probe. */
const HEALTH: readonly Rule[] = [
  {
    metric: 'healthy',
    name: /^(apache|haproxy|memcached|mongodb|mysql|nginx|pgbouncer|rabbitmq|elasticsearch)_up$/,
    as: 'gauge',
    reduce: 'min',
  },
  { metric: 'healthy', name: /^probe_success$/, as: 'gauge', reduce: 'min' },
]

/** HAProxy, by itself or through its exporter. Its time to answer is the mean of its last 1,024 requests. */
const HAPROXY: readonly Rule[] = [
  { metric: 'requests.per_minute', name: /^haproxy_frontend_http_requests_total$/, as: 'counter', not: OF_OTHERS },
  { metric: 'responses.per_minute', name: HAPROXY_RESPONSES, as: 'counter', by: { status: STATUS }, not: OF_OTHERS },
  ...(['part.failures', 'part.responses'] as const).map((metric): Rule => ({
    metric,
    name: HAPROXY_RESPONSES,
    as: 'per_second',
    windowMs: MINUTE_MS,
    where: { code: metric === 'part.failures' ? /^5/ : /./ },
    not: OF_OTHERS,
  })),
  {
    metric: 'latency.p50_seconds',
    name: /^haproxy_backend_http_total_time_average_seconds$|^haproxy_backend_total_time_average_seconds$/,
    as: 'gauge',
    reduce: 'max',
  },
  { metric: 'replicas.ready', name: /^haproxy_backend_active_servers$/, as: 'gauge' },
  { metric: 'uptime.seconds', name: /^haproxy_process_uptime_seconds$/, as: 'gauge', reduce: 'min' },
]

/** Apache, as apache_exporter tells it. */
const APACHE: readonly Rule[] = [
  { metric: 'requests.per_minute', name: /^apache_accesses_total$/, as: 'counter' },
  { metric: 'workers.busy', name: /^apache_workers$/, as: 'gauge', where: { state: /^busy$/ } },
  { metric: 'workers.total', name: /^apache_workers$/, as: 'gauge' },
  { metric: 'uptime.seconds', name: /^apache_uptime_seconds_total$/, as: 'gauge' },
]

/** A Java virtual machine, as Micrometer tells it: Spring Boot, Quarkus and others. Its memory is the heap. */
const JVM: readonly Rule[] = [
  { metric: 'memory.used_bytes', name: /^jvm_memory_used_bytes$/, as: 'gauge', where: { area: /^heap$/ } },
  {
    metric: 'memory.limit_bytes',
    name: /^jvm_memory_max_bytes$/,
    as: 'gauge',
    reduce: 'max',
    where: { area: /^heap$/ },
  },
  { metric: 'cpu.used_percent', name: /^process_cpu_usage$/, as: 'gauge', reduce: 'max', factor: 100 },
  { metric: 'cpu.used_percent', name: /^system_cpu_usage$/, as: 'gauge', reduce: 'max', factor: 100 },
  { metric: 'requests.in_flight', name: /^(tomcat_threads_busy|jetty_threads_busy)(_threads)?$/, as: 'gauge' },
  { metric: 'slots.limit', name: /^(tomcat_threads_config_max|jetty_threads_config_max)(_threads)?$/, as: 'gauge' },
]

/** .NET, as prometheus-net and OpenTelemetry tell it. */
const DOTNET: readonly Rule[] = [
  {
    metric: 'memory.used_bytes',
    name: /^(process_working_set_bytes|dotnet_process_memory_working_set_bytes)$/,
    as: 'gauge',
    application: true,
  },
]

/** Servers and runtimes that have names of their own. */
export const SERVERS: readonly Rule[] = [...HEALTH, ...HAPROXY, ...APACHE, ...JVM, ...DOTNET]
