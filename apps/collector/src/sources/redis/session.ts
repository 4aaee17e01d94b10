import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { RedisAddress } from './address.ts'
import { authRefusal, isPartial, refusal, type Failure } from './failure.ts'
import { Connection, type Dialling } from './wire/connection.ts'
import { isErrorReply, type Command } from './wire/resp.ts'

/** What this server lets this user do, found out on the way; a new connection finds out again. */
export type Abilities = {
  /** SORT_RO with GET: the fields of many hashes in one command. Redis 7, and the right to read all keys. */
  sort: boolean | undefined
  clientList: boolean
  configGet: boolean
}

/** `problem`: the database that is meant could not be chosen, so that only the server can be watched. */
export type Session = { connection: Connection; abilities: Abilities; problem: SourceProblem | undefined }
export type Opened = { kind: 'open'; session: Session } | { kind: 'refused'; failure: Failure }

const NAME: Command = ['CLIENT', 'SETNAME', 'headroom']

/** Connects, signs in, and chooses the database. Throws BrokenConnection where no connection comes about. */
export async function openSession(dialling: Dialling, signal: AbortSignal): Promise<Opened> {
  const connection = await Connection.open(dialling, signal)
  try {
    const failure = await signIn(connection, dialling.address, signal)
    if (failure !== undefined && !isPartial(failure)) {
      connection.close()
      return { kind: 'refused', failure }
    }
    const abilities = { sort: undefined, clientList: true, configGet: true }
    return { kind: 'open', session: { connection, abilities, problem: failure?.problem } }
  } catch (error) {
    connection.close()
    throw error
  }
}

async function signIn(
  connection: Connection,
  { username, password, db }: RedisAddress,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  if (password !== undefined) {
    const failure = await authenticate(connection, username, password, signal)
    if (failure !== undefined) return failure
  }
  const select: Command[] = db === undefined || db === 0 ? [] : [['SELECT', db]]
  const replies = await connection.send([...select, NAME], signal)
  const [first] = replies
  // Without the right to name itself a client goes unnamed.
  if (!isErrorReply(first) || (select.length === 0 && /^(NOPERM|ERR unknown)/.test(first.error))) return undefined
  return refusal(first.error, select[0] ?? NAME)
}

async function authenticate(
  connection: Connection,
  username: string | undefined,
  password: string,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const alone: Command = ['AUTH', password]
  const [reply] = await connection.send([username === undefined ? alone : ['AUTH', username, password]], signal)
  if (!isErrorReply(reply)) return undefined
  // A server that needs no password gives everybody what they ask for.
  if (/no password is set|without any password configured/i.test(reply.error)) return undefined
  // Redis 5 knows no users; services put one into the address all the same.
  if (username !== undefined && /wrong number of arguments/i.test(reply.error)) {
    const [again] = await connection.send([alone], signal)
    return isErrorReply(again) ? authRefusal(again.error) : undefined
  }
  return authRefusal(reply.error)
}
