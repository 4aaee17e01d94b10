import { type ClientRequest, request } from 'node:http'

type Headers = Record<string, string>

const SOCKET = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
}

/** The status of a request with headers that `fetch` would not send, such as Host and Origin. */
export function statusWith(headers: Headers, address: string, method = 'GET'): Promise<number> {
  return statusOf(request(address, { headers, method }))
}

/** The same of asking for the live socket: 101 where it is let in. */
export function socketStatusWith(headers: Headers, url: string): Promise<number> {
  return statusOf(request(`${url}/api/v1/live`, { headers: { ...SOCKET, ...headers } }))
}

function statusOf(asked: ClientRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    asked.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve(101)
    })
    asked.on('error', reject).end()
  })
}
