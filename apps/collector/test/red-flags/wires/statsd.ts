import { createSocket } from 'node:dgram'
import { freePort } from '../../../src/sources/testing/free-port.ts'
import { said, type Scene, type Wire } from '../stage/types.ts'

/** StatsD over real UDP, as gunicorn sends it: the lines of every five seconds. */
export function statsd(scene: Scene<readonly string[]>): Wire {
  return async ({ stack }) => {
    const port = await freePort()
    const socket = createSocket('udp4')
    stack.defer(() => void socket.close())
    return {
      source: { type: 'statsd', port },
      async speak(moment) {
        const text = said(scene, moment).join('\n')
        await new Promise<void>((resolve) => socket.send(text, port, '127.0.0.1', () => resolve()))
      },
    }
  }
}
