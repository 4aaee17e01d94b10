/** The clients of `live.ts`, in a process of their own: they note when each frame arrives, and report when asked. */
import { WebSocket } from 'ws'

const [port, count] = process.argv.slice(2).map(Number)
const latencies: number[] = []

/** The time in the first value, `..."values":[[1,TIME,0],`; parsing all of it would measure this process instead. */
function publishedAt(data: Buffer): number {
  return Number(/"values":\[\[1,([\d.]+),/.exec(data.toString('latin1', 0, 120))?.[1])
}

function join(): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false })
  socket.on('error', (error) => console.error(error.message))
  socket.on('message', (data: Buffer) => {
    const at = publishedAt(data)
    if (!Number.isNaN(at)) latencies.push(performance.timeOrigin + performance.now() - at)
  })
  return new Promise((resolve) => socket.once('message', () => resolve()))
}

for (let joined = 0; joined < (count ?? 0); joined += 50)
  await Promise.all(Array.from({ length: Math.min(50, (count ?? 0) - joined) }, join))
process.on('message', () => process.send?.(latencies))
process.send?.('joined')
