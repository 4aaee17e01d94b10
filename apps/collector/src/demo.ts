import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Logger } from './telemetry/logger.ts'

const DEMO_MAIN = fileURLToPath(new URL('../../demo/src/main.ts', import.meta.url))
const START_MS = 15_000

export type DemoWorkshop = AsyncDisposable & { url: string }

/**
 * Starts the sample workshop as a process of its own, so that it can be stopped like a real system. It ends with the
 * collector even when that is killed: it watches its standard input.
 */
export async function startDemoWorkshop(log: Logger): Promise<DemoWorkshop> {
  const child = spawn(process.execPath, [DEMO_MAIN, '--port', '0'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve, reject) => {
    const timeout = AbortSignal.timeout(START_MS)
    timeout.addEventListener('abort', () => reject(new Error('the demo workshop did not start within 15 s')))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the demo workshop ended at once (exit code ${code})`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /https?:\/\/\S+/.exec(line)?.[0]
      if (found !== undefined) resolve(found)
    })
  })
  child.removeAllListeners('exit')
  child.once('exit', (code, signal) => log.log('warn', 'the demo workshop has ended', { code, signal }))
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.removeAllListeners('exit')
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}
