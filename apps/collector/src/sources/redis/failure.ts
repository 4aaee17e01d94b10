import type { Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { failureOf } from '../http-client/failure.ts'
import { UnreadableFile, type BrokenConnection } from './wire/connection.ts'
import { NotRespError, type Command } from './wire/resp.ts'

/** Why Redis gave nothing, or not all, and what that says of it: 0 it serves nobody, 1 it answers, null our side failed. */
export type Failure = { up: Reading['up']; problem: SourceProblem }

/** What a broken connection means. */
export function brokenFailure({ cause }: BrokenConnection, tls: boolean): Failure {
  if (cause instanceof NotRespError) return notRedis(cause)
  if (cause instanceof Error && cause.message === 'closed') return failure(0, 'reset', closed(tls))
  if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTSOCK')
    return failure(0, 'refused', 'there is no such socket; check the path in `url`, and `unixsocket` of the server')
  if (cause instanceof UnreadableFile)
    return failure(
      null,
      'no_file',
      'one of the files caFile, certFile and keyFile cannot be read; check their paths and rights',
    )
  if (/CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE|ALERT_UNKNOWN_CA|ALERT_BAD_CERTIFICATE/.test(String(codeOf(cause))))
    return failure(1, 'certificate', CLIENT_CERTIFICATE)
  const network = failureOf(cause)
  switch (network.code) {
    case 'tls':
      return failure(
        network.up,
        'tls',
        network.up === 0 && !/expired|revoked/.test(network.message)
          ? NO_TLS
          : network.message.replace('NODE_EXTRA_CA_CERTS', '`caFile`'),
      )
    case 'reset':
      return failure(0, 'reset', closed(tls))
    default:
      return failure(network.up, network.code, network.message)
  }
}

const CLIENT_CERTIFICATE =
  'it asks for a certificate of our own, or takes not the one it is given; name its files as `certFile` and `keyFile`, or set tls-auth-clients no in the server'
const NO_TLS = 'no encrypted connection could be made; check redis:// or rediss://, and the port, in `url`'

function closed(tls: boolean): string {
  const hint = tls ? '' : '; if this port speaks TLS, write rediss:// in `url`'
  return `the connection was closed before an answer came; look at the log of the server${hint}`
}

/** The deadline came first. */
export function lateFailure({ phase }: BrokenConnection, timeoutMs: number): Failure {
  const seconds = `${timeoutMs / 1_000} s`
  switch (phase) {
    case 'connecting':
      return failure(
        0,
        'timeout',
        `no connection within ${seconds}; check that the server runs and that no firewall stands between`,
      )
    case 'securing':
      return failure(
        0,
        'tls',
        `it agreed on no TLS within ${seconds}; if this Redis speaks none, write redis:// in \`url\``,
      )
    case 'asking':
      return failure(
        0,
        'timeout',
        `no answer within ${seconds}; the server hangs, in a slow command or in swap: look at SLOWLOG and its memory, or give a longer \`timeout\``,
      )
  }
}

function notRedis({ reason, start }: NotRespError): Failure {
  if (reason === 'too large')
    return failure(
      0,
      'too_large',
      'an answer is larger than 4 MiB; name fewer queues in `names`, or set `queues: none`',
    )
  const speaks = start.startsWith('HTTP/')
    ? 'it speaks HTTP'
    : start.startsWith('SSH-')
      ? 'it speaks SSH'
      : 'what it says is not the protocol of Redis'
  return failure(0, 'not_redis', `this is no Redis: ${speaks}; check host and port in \`url\``)
}

const PARTIAL = ['no_permission', 'no_database', 'unknown_command', 'refused_command']

/** Whether it refuses this one thing only, so that others are worth asking. */
export function isPartial({ problem }: Failure): boolean {
  return PARTIAL.includes(problem.code)
}

/** What an error reply means; `command` is the one it answers, where it matters. */
export function refusal(error: string, command?: Command): Failure {
  const code = error.split(' ', 1)[0] ?? ''
  const known = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined
  if (known !== undefined) return known
  if (code === 'NOPERM') return mayNot(command)
  if (code === 'MOVED' || code === 'ASK' || code === 'CROSSSLOT') return cluster(command)
  if (/max number of clients/i.test(error))
    return failure(
      0,
      'max_clients',
      'all its connections are taken (maxclients): nobody new gets in; find who holds them with CLIENT LIST, or raise maxclients',
    )
  if (/invalid DB index|DB index is out of range/i.test(error))
    return failure(1, 'no_database', 'it has no database of this number; check the number behind the / in `url`')
  if (/unknown command|unknown subcommand/i.test(error))
    return failure(
      1,
      'unknown_command',
      `it does not know the command ${named(command)}: renamed or disabled in its configuration (rename-command), a proxy, or a Redis older than 4?`,
    )
  return failure(1, 'refused_command', `it refuses ${named(command)}: ${error.slice(0, 120)}`)
}

const WRONG =
  'user or password are wrong; check them in `url` (write @ : / as %40 %3A %2F), or give `username` and `password`'

const REFUSALS: Readonly<Record<string, Failure>> = {
  NOAUTH: failure(
    1,
    'no_auth',
    'it asks for a password; put it into `url` as redis://:PASSWORD@host, or give `password`',
  ),
  WRONGPASS: failure(1, 'wrong_password', WRONG),
  LOADING: failure(0, 'loading', 'it is loading its data after a start, and answers nobody yet'),
  BUSY: failure(
    0,
    'busy',
    'a script keeps it busy and nobody else is served; SCRIPT KILL ends one that has not written yet',
  ),
  MASTERDOWN: failure(0, 'primary_down', 'this replica has lost its primary and serves no data; look at the primary'),
  CLUSTERDOWN: failure(
    1,
    'cluster_down',
    'its cluster is down: a part of the keys has no node that serves it; look at CLUSTER INFO and CLUSTER NODES',
  ),
  DENIED: failure(
    1,
    'protected',
    'it is in protected mode and takes connections from its own machine only; set a password, or `bind` and `protected-mode no`',
  ),
}

/** Before Redis 6 a wrong password was `ERR invalid password`. */
export function authRefusal(error: string): Failure {
  return /invalid password|wrong number of arguments/i.test(error)
    ? failure(1, 'wrong_password', WRONG)
    : refusal(error)
}

function mayNot(command: Command | undefined): Failure {
  const [name = '', key] = words(command)
  const allow = `its user may not run ${named(command)}; allow it with ACL SETUSER NAME +${name.toLowerCase()}`
  const keys = key === undefined ? '' : ` ~${key.replace(/^(rq:|_kombu\.).*$/, '$1*')}`
  const without = key === undefined && name !== 'SCAN' ? '' : ', or leave queues out with `queues: none`'
  return failure(1, 'no_permission', `${allow}${keys}${without}`)
}

/** A Sentinel knows where a Redis is, and holds nothing itself. */
export const SENTINEL = failure(
  1,
  'sentinel',
  'this is a Sentinel, which only knows where Redis is; give the address of the Redis itself (SENTINEL MASTERS lists them)',
)

function cluster(command: Command | undefined): Failure {
  return failure(
    1,
    'cluster',
    `this is one node of a cluster, and ${named(command)} belongs to another (MOVED); give the node that holds the queues as \`url\`, or set \`queues: none\``,
  )
}

function named(command: Command | undefined): string {
  return words(command).join(' ') || 'a command'
}

/** The command's name, and its key where the second word is one. */
function words(command: Command | undefined): string[] {
  if (command === undefined) return []
  const [name, second] = command
  const keyless = ['INFO', 'PING', 'SCAN', 'AUTH', 'SELECT'].includes(name)
  return second === undefined || keyless
    ? [name]
    : name === 'CLIENT'
      ? [`${name}|${second}`]
      : [name, String(second).slice(0, 80)]
}

function failure(up: Reading['up'], code: string, message: string): Failure {
  return { up, problem: { code, message } }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
