import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A real program for as long as a test needs it; what it says is shown only where it ends by itself. */
export function run(program: string, args: readonly string[], env: Record<string, string> = {}): AsyncDisposable {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-4_000)))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) console.error(`${program} ended with ${code}:\n${said}`)
  })
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
