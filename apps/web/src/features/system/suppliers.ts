import { parseExpression, refsOf } from '@headroom/shared/rules/expression.ts'

/** The kinds of source that give metrics by themselves, without being told how. An `http-json` source may give any. */
const GIVES: Readonly<Record<string, readonly string[]>> = {
  host: ['cpu.', 'memory.', 'load.', 'disk.', 'network.'],
  render: ['cpu.', 'memory.', 'responses.', 'latency.', 'instances.', 'restarts.', 'kills.', 'disk.', 'network.'],
  aws: ['cpu.', 'memory.', 'responses.', 'latency.', 'errors.', 'instances.', 'db.connections', 'redis.'],
  kubernetes: ['replicas.', 'restarts.', 'kills.', 'cpu.', 'memory.'],
  postgres: ['db.'],
  redis: ['redis.', 'queue.', 'jobs.', 'workers.'],
  prometheus: [''],
  otlp: [''],
  log: ['log.'],
  statsd: ['requests.', 'responses.', 'errors.', 'latency.', 'gunicorn.'],
}
/** Of an answer's numbers no log line can be made. */
const NOT_IN_AN_ANSWER = ['log.']

/** The metrics a flag looks at that nothing supplies. */
export function metricsMissing(metric: string, has: (metric: string) => boolean): string[] {
  const parsed = parseExpression(metric)
  const names = parsed.ok ? refsOf(parsed.expression).map((ref) => ref.metric) : [metric]
  const missing = names.filter((name) => !has(name))
  return missing.length === 0 ? names : missing
}

/** Which kinds of source would supply a metric: by themselves, or where their answer holds it. Only kinds there are. */
export function suppliersOf(
  metric: string,
  kinds: readonly string[],
): { byThemselves: string[]; ifAnswered: string[] } {
  const giving = kinds.filter((kind) => GIVES[kind]?.some((start) => metric.startsWith(start)))
  const inAnswer = !NOT_IN_AN_ANSWER.some((start) => metric.startsWith(start))
  const asIs = giving.filter((kind) => GIVES[kind]?.includes('') === true)
  return {
    byThemselves: giving.filter((kind) => !asIs.includes(kind)),
    ifAnswered: inAnswer ? [...kinds.filter((kind) => kind === 'http-json'), ...asIs] : [],
  }
}
