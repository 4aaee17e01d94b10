import { spawn } from 'node:child_process'

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
