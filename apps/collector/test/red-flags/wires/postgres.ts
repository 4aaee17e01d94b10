import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { Stage, Wire } from '../stage/types.ts'

const SSL_REQUEST = 80_877_103

/** What `pg_settings` and the like say of a server with 100 connections for ordinary roles, 45 of them in use. */
const SETTINGS = {
  max_connections: '103',
  superuser_reserved: '3',
  reserved: '0',
  version: '17.2',
  standby: 'f',
  uptime: '90000',
  who: 'headroom',
  sees_all: 't',
}
const ACTIVITY = { state: 'idle', connections: '45', waiting: '0', longest_transaction: '0', longest_idle: '0' }
const DATABASE = { deadlocks: '0', transactions: '4000' }

/**
 * PostgreSQL's protocol, as far as a look at a server takes it: one that lets Headroom in until it has no connection left,
 * and then cuts what is idle and says so with SQLSTATE 53300. A real server stands in the tests of the source itself.
 */
export function fullPostgres(): Wire {
  return async (stage) => {
    const open = new Set<Socket>()
    const server = createServer((socket) => {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => open.delete(socket))
      socket.on('data', (data: Buffer) => answer(socket, data, stage))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stage.stack.defer(() => {
      server.close()
      for (const socket of open) socket.destroy()
    })
    const { port } = server.address() as AddressInfo
    return { source: { type: 'postgres', url: `postgres://headroom@127.0.0.1:${port}/app?sslmode=disable` } }
  }
}

function answer(socket: Socket, data: Buffer, stage: Stage): void {
  if (data.length === 8 && data.readInt32BE(4) === SSL_REQUEST) return void socket.write('N')
  const isQuery = data.toString('latin1', 0, 1) === 'Q'
  if (data.toString('latin1', 0, 1) === 'X') return void socket.end()
  if (stage.moment().phase === 'wrong')
    return void (isQuery ? socket.destroy() : socket.end(refusal('FATAL', '53300', 'sorry, too many clients already')))
  if (!isQuery) return void socket.write(Buffer.concat([message('R', Buffer.alloc(4)), READY]))
  if (!data.includes('max_connections'))
    return void socket.write(Buffer.concat([refusal('ERROR', '42501', 'permission denied'), READY]))
  const set = message('C', Buffer.from('SET\0'))
  socket.write(Buffer.concat([set, set, rowOf(SETTINGS), rowOf(ACTIVITY), rowOf(DATABASE), READY]))
}

const READY = message('Z', Buffer.from('I'))

function refusal(severity: string, state: string, text: string): Buffer {
  return message('E', Buffer.from(`S${severity}\0V${severity}\0C${state}\0M${text}\0\0`))
}

/** The answer of a SELECT that gives one row, all of it text. */
function rowOf(row: Readonly<Record<string, string>>): Buffer {
  const TEXT_OID = 25
  const columns = Object.keys(row).map((name) => {
    const about = Buffer.alloc(18)
    about.writeInt32BE(TEXT_OID, 6)
    about.writeInt16BE(-1, 10)
    about.writeInt32BE(-1, 12)
    return Buffer.concat([Buffer.from(`${name}\0`), about])
  })
  const values = Object.values(row).map((value) => Buffer.concat([int32(value.length), Buffer.from(value)]))
  const count = Buffer.alloc(2)
  count.writeInt16BE(columns.length)
  return Buffer.concat([
    message('T', Buffer.concat([count, ...columns])),
    message('D', Buffer.concat([count, ...values])),
    message('C', Buffer.from('SELECT 1\0')),
  ])
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
