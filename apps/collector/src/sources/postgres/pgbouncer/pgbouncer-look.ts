import type { Row, Session } from '../session.ts'
import type { Sheet } from '../../measures/sheet.ts'
import { numberIn } from '../number-in.ts'

/** Its own console, which is a pool like the others. */
const CONSOLE = 'pgbouncer'

/** The pools of one database: there is one for each user of it. */
type Pool = { pools: number; inUse: number; waiting: number; maxWait: number }

/** The pools of a PgBouncer, from its console. Columns differ from version to version, so they are read by name. */
export async function sayPools(sheet: Sheet, session: Session, signal: AbortSignal): Promise<string[]> {
  // Its console takes one statement at a time.
  const [pools = []] = await session.ask('SHOW POOLS', signal)
  const [databases = []] = await session.ask('SHOW DATABASES', signal)
  const [lists = []] = await session.ask('SHOW LISTS', signal)
  const [config = []] = await session.ask('SHOW CONFIG', signal)
  const [version = []] = await session.ask('SHOW VERSION', signal)
  const settings = new Map(config.map((row) => [row['key'] ?? '', row['value'] ?? '']))
  const counts = new Map(lists.map((row) => [row['list'] ?? '', numberIn(row, 'items')]))

  for (const [database, pool] of byDatabase(pools)) sayPool(sheet, database, pool, databases)
  sheet.gauge('SHOW LISTS used_clients', 'db.clients', counts.get('used_clients'))
  sheet.gauge('SHOW CONFIG max_client_conn', 'db.clients.limit', positive(settings.get('max_client_conn')))
  const named = Object.values(version[0] ?? {})[0] ?? 'PgBouncer'
  const mode = settings.get('pool_mode')
  return [mode === undefined ? named : `${named}, ${mode} pooling`, ...heldBack(databases)]
}

/** Whoever asks for one of these waits until somebody lets it go on. */
function heldBack(databases: readonly Row[]): string[] {
  const names = (column: string): string =>
    databases.flatMap((row) => (positive(row[column]) === undefined ? [] : (row['name'] ?? []))).join(', ')
  const [paused, disabled] = [names('paused'), names('disabled')]
  return [
    ...(paused === '' ? [] : [`PAUSED: ${paused}; RESUME lets its clients go on`]),
    ...(disabled === '' ? [] : [`DISABLED: ${disabled}; ENABLE lets clients in again`]),
  ]
}

function sayPool(sheet: Sheet, database: string, pool: Pool, databases: readonly Row[]): void {
  const labels = { pool: database }
  const row = databases.find((one) => one['name'] === database)
  // The size is that of each of them; 0 is no limit.
  const each = positive(row?.['pool_size'])
  const size = each === undefined ? undefined : each * pool.pools
  const reserve = (numberIn(row, 'reserve_pool_size') ?? numberIn(row, 'reserve_pool') ?? 0) * pool.pools
  const say = (column: string): string => `SHOW POOLS ${column}`
  sheet.gauge(say('sv_active'), 'db.pool.in_use', pool.inUse, labels)
  sheet.gauge('SHOW DATABASES pool_size', 'db.pool.size', size, labels)
  sheet.gauge('SHOW DATABASES reserve_pool', 'db.pool.overflow', size === undefined ? undefined : reserve, labels)
  sheet.gauge('pool_size + reserve_pool', 'db.pool.limit', size === undefined ? undefined : size + reserve, labels)
  sheet.gauge(say('cl_waiting'), 'db.pool.waiting', pool.waiting, labels)
  sheet.gauge(say('maxwait'), 'db.pool.wait_seconds', pool.maxWait, labels)
}

function byDatabase(rows: readonly Row[]): Map<string, Pool> {
  const pools = new Map<string, Pool>()
  for (const row of rows) {
    const database = row['database'] ?? ''
    if (database === CONSOLE || database === '') continue
    const of = (column: string): number => numberIn(row, column) ?? 0
    const before = pools.get(database) ?? { pools: 0, inUse: 0, waiting: 0, maxWait: 0 }
    pools.set(database, {
      pools: before.pools + 1,
      inUse: before.inUse + of('sv_active') + of('sv_login') + of('sv_tested'),
      waiting: before.waiting + of('cl_waiting'),
      maxWait: Math.max(before.maxWait, of('maxwait') + of('maxwait_us') / 1e6),
    })
  }
  return pools
}

function positive(text: string | null | undefined): number | undefined {
  const number = Number(text ?? '')
  return Number.isFinite(number) && number > 0 ? number : undefined
}
