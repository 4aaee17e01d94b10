import { createServer, type AddressInfo, type Socket } from 'node:net'
import { said, type Scene, type Wire } from '../stage/types.ts'

const SSL_REQUEST = 80_877_103

/** How a server turns everybody away: the SQLSTATE and its words. */
type Refusal = readonly [state: string, message: string]

/** The first words of PostgreSQL's protocol: a server that lets nobody in, and says why. */
export function refusingPostgres(scene: Scene<Refusal>): Wire {
  return async (stage) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.on('data', (data: Buffer) => answer(socket, data, said(scene, stage.moment())))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stage.stack.defer(() => void server.close())
    const { port } = server.address() as AddressInfo
    return { source: { type: 'postgres', url: `postgres://headroom@127.0.0.1:${port}/app?sslmode=disable` } }
  }
}

function answer(socket: Socket, data: Buffer, [state, message]: Refusal): void {
  if (data.length === 8 && data.readInt32BE(4) === SSL_REQUEST) return void socket.write('N')
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${state}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  socket.end(Buffer.concat([head, fields]))
}
