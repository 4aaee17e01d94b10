import type { Sheet } from '../../measures/sheet.ts'
import { infoNumber, type Info } from './info.ts'

export type ServerFacts = {
  info: Info
  pingSeconds: number | undefined
  /** Where INFO does not say it: Redis before 7. */
  maxClients: number | undefined
  /** The size of the application's own pool, from the configuration. */
  pool: number | undefined
}

/** What the server says of itself. Its own connection to us is a client like the others. */
export function serverPoints(sheet: Sheet, { info, pingSeconds, maxClients, pool }: ServerFacts): void {
  const of = (name: string): number | undefined => infoNumber(info, name)
  const clients = of('connected_clients')
  const used = of('used_memory')
  const most = of('maxmemory')
  sheet.gauge('PING', 'redis.ping_seconds', pingSeconds)
  sheet.gauge('INFO connected_clients', 'redis.clients', clients)
  sheet.gauge(
    info.has('maxclients') ? 'INFO maxclients' : 'CONFIG GET maxclients',
    'redis.clients.limit',
    of('maxclients') ?? maxClients,
  )
  sheet.gauge('INFO blocked_clients', 'redis.blocked_clients', of('blocked_clients'))
  sheet.counter('INFO rejected_connections', 'redis.rejected_per_minute', of('rejected_connections'))
  sheet.gauge('INFO used_memory', 'redis.memory_bytes', used)
  // maxmemory 0 is no limit: then there is no share of it.
  if (most !== undefined && most > 0) {
    sheet.gauge('INFO maxmemory', 'redis.memory_limit_bytes', most)
    sheet.gauge(
      'used_memory of maxmemory',
      'redis.memory_percent',
      used === undefined ? undefined : (100 * used) / most,
    )
  }
  sheet.counter('INFO total_commands_processed', 'redis.commands_per_minute', of('total_commands_processed'))
  sheet.counter('INFO evicted_keys', 'redis.evicted_per_minute', of('evicted_keys'))
  sheet.gauge('INFO uptime_in_seconds', 'redis.uptime_seconds', of('uptime_in_seconds'))
  if (pool !== undefined) {
    sheet.gauge('pool', 'redis.pool.size', pool)
    sheet.gauge(
      'connected_clients without ours',
      'redis.pool.in_use',
      clients === undefined ? undefined : Math.max(0, clients - 1),
    )
  }
}

/** What a person wants to know of the server: its version and its part among others. */
export function serverLines(info: Info): string[] {
  const name = info.has('valkey_version') ? 'Valkey' : 'Redis'
  const version = info.get('valkey_version') ?? info.get('redis_version')
  const role = info.get('role')
  const replicas = infoNumber(info, 'connected_slaves') ?? 0
  const part =
    role === 'slave'
      ? `a replica, ${info.get('master_link_status') === 'up' ? 'connected to its primary' : 'WITHOUT its primary: its data grow old'}`
      : `primary${replicas === 0 ? '' : ` with ${replicas} replica${replicas === 1 ? '' : 's'}`}`
  const cluster =
    info.get('cluster_enabled') === '1'
      ? ', one node of a cluster: its numbers, and the queues that lie on it, are this node’s'
      : ''
  return version === undefined ? [] : [`${name} ${version}, ${part}${cluster}`]
}

/** How far a server that is starting has come. */
export function loadingWords(info: Info): string {
  const percent = infoNumber(info, 'loading_loaded_perc')
  const seconds = infoNumber(info, 'loading_eta_seconds')
  const far =
    percent === undefined
      ? ''
      : ` (${Math.round(percent)} %${seconds === undefined ? '' : `, about ${seconds} s left`})`
  return `it is loading its data after a start, and answers nobody yet${far}`
}
