import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Daemon, serverFolder } from '../../testing/daemon.ts'
import { freePort } from '../../testing/free-port.ts'
import { until } from '../../testing/until.ts'
import type { TestPostgres } from './postgres-server.ts'

/** A real PgBouncer before a PostgreSQL. */
export type TestPgbouncer = AsyncDisposable & {
  daemon: Daemon
  urlOf(user: string, password: string, database: string): string
}

/** Starts it on a free port, with these further settings; its users are `app`, `stats` and `stranger`, with the password `pw`. */
export async function startPgbouncer(
  server: TestPostgres,
  settings: Record<string, string> = {},
): Promise<TestPgbouncer> {
  const folder = await serverFolder()
  const port = await freePort()
  const users = join(folder.path, 'users.txt')
  await writeFile(users, ['app', 'stats', 'stranger'].map((user) => `"${user}" "pw"\n`).join(''), { mode: 0o644 })
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: users,
    stats_users: 'stats',
    pool_mode: 'transaction',
    default_pool_size: '2',
    ...settings,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`)
  const file = join(folder.path, 'pgbouncer.ini')
  const database = `app = host=127.0.0.1 port=${server.port} dbname=app user=app password=pw`
  await writeFile(file, ['[databases]', database, '[pgbouncer]', ...lines, ''].join('\n'), { mode: 0o644 })
  const daemon = new Daemon([process.env['HEADROOM_PGBOUNCER'] ?? '/usr/sbin/pgbouncer', file], {
    cwd: folder.path,
    patient: false,
  })
  await until(async () => (await listens(port)) || !daemon.running, Boolean)
  if (!daemon.running) throw new Error(`pgbouncer ended: ${daemon.said}`)
  return {
    daemon,
    urlOf: (user, password, name) => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`,
    async [Symbol.asyncDispose]() {
      await daemon[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
