import type { Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { failureOf } from '../http-client/failure.ts'
import type { SessionError } from './session.ts'

/** Why the server gave nothing, or not all, and what that says of it: 0 it serves nobody, 1 it answers, null our side failed. */
export type Failure = { up: Reading['up']; problem: SourceProblem }

/**
 * A server, or a pooler before it, that lets nobody in any more: that is a reading. It answers, and serves those who are in:
 * one cause is to be one flag, and that is no outage.
 */
export const SERVER_FULL = 'too_many_connections'
export const POOLER_FULL = 'too_many_clients'

/** `password`, `database`: whether the address names one. */
type Asked = { timeoutMs: number; late: boolean; pgbouncer: boolean; password: boolean; database: boolean }

/** What a session that did not come about, or broke, means. */
export function failureIn(error: SessionError, asked: Asked): Failure {
  const { cause, phase, foreign } = error
  if (foreign !== undefined) return notPostgres(foreign)
  if (asked.late) return late(phase, asked.timeoutMs)
  const { code, message, fromServer } = said(cause)
  if (fromServer) return bySqlState(code, message, phase, asked)
  if (/support SSL/.test(message))
    return failure(0, 'tls', 'it speaks no TLS; write sslmode=disable in `url`, or set `ssl = on` in the server')
  if (/establishing an SSL connection/.test(message)) return notPostgres('')
  if (/password must be a/.test(message)) return NO_PASSWORD
  if (/terminated unexpectedly|Connection terminated/.test(message)) return BROKEN
  return byNetwork(cause)
}

function byNetwork(cause: unknown): Failure {
  const code = said(cause).code
  if (code === 'ENOENT' || code === 'ENOTSOCK')
    return failure(
      0,
      'refused',
      'there is no such file: no server listens on that socket, or sslrootcert, sslcert or sslkey names none; check `url`',
    )
  const network = failureOf(cause)
  switch (network.code) {
    case 'reset':
      return BROKEN
    case 'tls':
      return failure(
        network.up,
        'tls',
        network.up === null && /authority/.test(network.message)
          ? 'its certificate is not from an authority this machine knows; name the file with that authority as sslrootcert=/path in `url`, or set `insecure: true` if it is yours'
          : network.message.replace('check http or https', 'check sslmode'),
      )
    default:
      return failure(network.up, network.code, network.message)
  }
}

const BROKEN = failure(0, 'reset', 'the connection broke before an answer came; look at the log of the server')
const NO_PASSWORD = failure(1, 'no_password', 'it asks for a password; put it into `url`, or give `password`')

/** Classes of SQLSTATE, each with what it means to a person. */
function bySqlState(state: string, message: string, phase: SessionError['phase'], asked: Asked): Failure {
  switch (state) {
    case '53300':
      return tooMany(message)
    case '28P01':
      if (!asked.password) return NO_PASSWORD
      return failure(
        1,
        'wrong_password',
        'user or password are wrong; check them in `url` (write @ : / as %40 %3A %2F), or give `username` and `password`',
      )
    case '28000':
      return notAllowed(message)
    case '3D000':
      return failure(1, 'no_database', noDatabase(asked))
    case '42501':
      if (phase === 'connecting')
        return failure(
          1,
          'not_allowed',
          'its user may not connect to this database; run GRANT CONNECT ON DATABASE ... TO that user, or name another behind the host in `url`',
        )
      return failure(1, 'no_permission', 'its user may not read the statistics; run GRANT pg_monitor TO that user')
    case '57P03':
      return starting(message)
    case '57P01':
    case '57P02':
      return failure(
        0,
        'shutting_down',
        'it is shutting down, or somebody ended our connection; look at the log of the server',
      )
    case '57014':
      return failure(
        1,
        'slow',
        'its statistics took longer than `timeout` allows; look at its load, or give a longer `timeout`',
      )
    case '42P01':
    case '42703':
    case '42704':
    case '42883':
      return failure(1, 'too_old', 'it lacks statistics that PostgreSQL has since version 10; update it')
    case '08P01':
      return pooler(message)
    default:
      return failure(1, 'refused', `it refuses: ${message.slice(0, 160)} (${state})`)
  }
}

function noDatabase({ pgbouncer, database }: Asked): string {
  if (pgbouncer)
    return 'it knows no database "pgbouncer": this is PostgreSQL itself; leave out `pgbouncer`, or give the port of PgBouncer'
  return database
    ? 'there is no database of that name; check what stands behind the host in `url`'
    : '`url` names no database, and there is none with the name of its user; write one behind the host, as in postgres://user@host/database'
}

function tooMany(message: string): Failure {
  const whose = /for (role|database)/.exec(message)?.[1]
  if (whose !== undefined)
    return failure(
      1,
      'connection_limit',
      `the ${whose} has a limit of its own, and has reached it; raise it with ALTER ${whose.toUpperCase()} ... CONNECTION LIMIT`,
    )
  return failure(
    1,
    SERVER_FULL,
    'too many connections: all that ordinary roles may use are taken, and nobody new gets in; end idle ones, lower the pools, or raise max_connections (SQLSTATE 53300)',
  )
}

function notAllowed(message: string): Failure {
  if (/role .* does not exist/.test(message))
    return failure(1, 'wrong_password', 'there is no such user; check it in `url`, or give `username`')
  if (/no pg_hba\.conf entry|rejects connection/.test(message)) {
    const plain = /no encryption|SSL off/i.test(message)
    return failure(
      1,
      'not_allowed',
      `its pg_hba.conf lets this user into this database not from here${plain ? ', or only with TLS: try sslmode=require' : ''}`,
    )
  }
  if (/client certificate/.test(message))
    return failure(
      1,
      'not_allowed',
      'it asks for a certificate of our own; name its files as sslcert=/path and sslkey=/path in `url`',
    )
  if (/^(Peer|Ident) authentication/.test(message))
    return failure(
      1,
      'not_allowed',
      'over this way it lets in only the system user of the same name (peer, in pg_hba.conf); run Headroom as that user, or give host and password in `url`',
    )
  return failure(1, 'not_allowed', `it does not let us in: ${message.slice(0, 120)}`)
}

function starting(message: string): Failure {
  if (/shutting down/.test(message)) return failure(0, 'shutting_down', 'it is shutting down')
  if (/recovery|not accepting/.test(message) && !/starting up/.test(message))
    return failure(0, 'starting', 'it is in recovery and lets nobody in yet; look at its log for how far it is')
  return failure(0, 'starting', 'it is starting up, and lets nobody in yet')
}

/** PgBouncer says most things under one code. */
function pooler(message: string): Failure {
  if (/no more connections allowed/.test(message))
    return failure(
      1,
      POOLER_FULL,
      'PgBouncer lets nobody in any more: max_client_conn is reached; raise it, or find who holds the connections with SHOW CLIENTS',
    )
  // What the server behind it said to its login, it passes on under its own code.
  if (/too many (connections|clients)|remaining connection slots/.test(message)) return tooMany(message)
  if (/unsupported startup parameter/.test(message))
    return failure(
      1,
      'refused',
      'PgBouncer passes on no `options`; leave them out of `url`, or set ignore_startup_parameters = options in pgbouncer.ini',
    )
  if (/no such user|authentication failed/.test(message))
    return failure(
      1,
      'wrong_password',
      'user or password are wrong, or PgBouncer does not know the user; check `url` and its auth_file',
    )
  if (/no such database/.test(message))
    return failure(
      1,
      'no_database',
      'PgBouncer knows no database of that name; for its own pools set `pgbouncer: true`',
    )
  if (/not allowed/.test(message)) return CONSOLE
  if (/query_wait_timeout|server.*(login|connect)/i.test(message))
    return failure(
      0,
      'unreachable',
      `PgBouncer has no connection for us: its pool is used up, it is paused, or the server behind it cannot be reached (${message.slice(0, 80)})`,
    )
  return failure(1, 'refused', `it refuses: ${message.slice(0, 160)}`)
}

const CONSOLE = failure(
  1,
  'no_permission',
  "its user may not look at PgBouncer's console; add it to stats_users in pgbouncer.ini, and RELOAD",
)

function late(phase: SessionError['phase'], timeoutMs: number): Failure {
  const seconds = `${timeoutMs / 1_000} s`
  return failure(
    0,
    'timeout',
    phase === 'connecting'
      ? `no connection within ${seconds}; check that the server runs, that no firewall stands between, and that the port is that of PostgreSQL`
      : `no answer within ${seconds}; the server hangs or is overloaded, or give a longer \`timeout\``,
  )
}

function notPostgres(start: string): Failure {
  const speaks = start.startsWith('HTTP/')
    ? 'it speaks HTTP'
    : start.startsWith('SSH-')
      ? 'it speaks SSH'
      : 'what it says is not the protocol of PostgreSQL'
  return failure(0, 'not_postgres', `this is no PostgreSQL: ${speaks}; check host and port in \`url\``)
}

function failure(up: Reading['up'], code: string, message: string): Failure {
  return { up, problem: { code, message } }
}

/** What the server said has a severity; what the network said has none. */
function said(error: unknown): { code: string; message: string; fromServer: boolean } {
  if (typeof error !== 'object' || error === null) return { code: '', message: '', fromServer: false }
  return {
    fromServer: 'severity' in error && typeof error.severity === 'string',
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    message: 'message' in error && typeof error.message === 'string' ? error.message : '',
  }
}
