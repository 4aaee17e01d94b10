import { createServer } from 'node:net'

/** Below the ports that the system gives to whoever connects or asks for any: 32768 on Linux, 49152 elsewhere. */
const FIRST = 10_000
const PORTS = 22_000
/** How many a process tries before another one's begin. */
const APART = 64

let tried = 0

/**
 * A port that nobody listens on, and that nobody is given by chance until a program has started on it: the system does
 * not give it out by itself, and each process that runs tests has its own to try.
 */
export async function freePort(): Promise<number> {
  for (let attempts = 0; attempts < PORTS; attempts++) {
    const port = FIRST + ((process.pid * APART + tried++) % PORTS)
    if (await isFree(port)) return port
  }
  throw new Error(`no port from ${FIRST} to ${FIRST + PORTS} is free`)
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
