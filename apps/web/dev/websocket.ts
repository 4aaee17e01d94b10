import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

export type Peer = {
  send: (text: string) => void
  /** How many messages it was sent. */
  sent: () => number
  /** Without a code it is cut off, as a killed process does. */
  close: (code?: number) => void
}

/** As much of RFC 6455 as the fixture needs: text frames under 64 KiB from the page, any size to it. */
export function accept(
  request: IncomingMessage,
  socket: Duplex,
  subprotocol: string,
  handlers: { text: (text: string) => void; closed: () => void },
): Peer {
  const key = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\nSec-WebSocket-Protocol: ${subprotocol}\r\n\r\n`,
  )
  let held = Buffer.alloc(0)
  let sent = 0
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk])
    for (let frame = read(held); frame !== undefined; frame = read(held)) {
      held = held.subarray(frame.bytes)
      if (frame.opcode === 8) socket.end()
      if (frame.opcode === 1) handlers.text(frame.text)
    }
  })
  socket.on('close', handlers.closed)
  socket.on('error', () => socket.destroy())
  return {
    send: (text) => {
      sent += 1
      socket.write(frameOf(1, Buffer.from(text)))
    },
    sent: () => sent,
    close: (code) => {
      if (code === undefined) socket.destroy()
      else socket.end(frameOf(8, Buffer.from([code >> 8, code & 0xff])))
    },
  }
}

function read(data: Buffer): { opcode: number; text: string; bytes: number } | undefined {
  if (data.length < 6) return undefined
  const short = data.readUInt8(1) & 0x7f
  const wide = short === 126
  const start = wide ? 8 : 6
  const length = wide ? data.readUInt16BE(2) : short
  if (data.length < start + length) return undefined
  const mask = data.subarray(start - 4, start)
  const text = Buffer.from(
    data.subarray(start, start + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
  ).toString()
  return { opcode: data.readUInt8(0) & 0x0f, text, bytes: start + length }
}

function frameOf(opcode: number, body: Buffer): Buffer {
  const head = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10)
  head.writeUInt8(0x80 | opcode, 0)
  if (body.length < 126) head.writeUInt8(body.length, 1)
  else if (body.length < 65_536) {
    head.writeUInt8(126, 1)
    head.writeUInt16BE(body.length, 2)
  } else {
    head.writeUInt8(127, 1)
    head.writeBigUInt64BE(BigInt(body.length), 2)
  }
  return Buffer.concat([head, body])
}
