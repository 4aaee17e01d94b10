import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = createRequire(import.meta.url).resolve('@headroom/collector/main.ts')

/** The program as a newcomer starts it, in a folder without a headroom.yaml: the demo, as a process of its own. */
export type DemoProgram = AsyncDisposable & { url: string; folder: string }

export async function startDemo(): Promise<DemoProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-e2e-demo-'))
  const child = spawn(process.execPath, [MAIN, 'start', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: the demo's workshop ends with it.
    detached: true,
    env: { PATH: process.env['PATH'] },
  })
  const ended = once(child, 'close')
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (data: Buffer): void => {
      said += data.toString()
      const found = /is at (http\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`The demo ended at once: ${said}`)))
  })
  return {
    url,
    folder,
    async [Symbol.asyncDispose]() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
