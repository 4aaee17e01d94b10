import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'

const module = new URL('./processes.mjs', import.meta.url).href

/** A program that does something with processes.mjs, and prints what came of it. */
function run(code: string): {
  lines: AsyncIterator<string>
  stop(signal: NodeJS.Signals): void
  ended: Promise<unknown[]>
} {
  const program = `import { endAs, handOver, runStep } from '${module}'\n${code}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { lines, stop: (signal) => child.kill(signal), ended: once(child, 'close') }
}

describe('processes of the launcher', () => {
  it('a step that is stopped takes its grandchildren with it', async () => {
    // The step is over when nobody holds its output any more, and the sleeper would for a minute.
    const { lines, stop } = run(`
      const ending = await runStep(['sh', ['-c', 'sleep 60 & echo up; wait']], { onLine: console.log })
      console.log(ending.interrupted)`)
    expect((await lines.next()).value).toBe('up')
    stop('SIGTERM')
    expect((await lines.next()).value).toBe('SIGTERM')
  })

  it('a step that takes too long is ended, and said to be late', async () => {
    const { lines } = run(`const { late } = await runStep(['sleep', ['60']], { limitMs: 50 }); console.log(late)`)
    expect((await lines.next()).value).toBe('true')
  })

  it('ends as the program ended that it handed over to', async () => {
    const { ended } = run(`endAs(await handOver([process.execPath, ['--eval', 'process.exitCode = 7']]))`)
    expect(await ended).toEqual([7, null])
  })

  it('passes a signal on once, and waits for what the program makes of it', async () => {
    const program = `process.on("SIGINT", () => { console.log("asked"); setTimeout(() => process.exit(3), 50) }); console.log("up"); setInterval(() => {}, 1000)`
    const { lines, stop, ended } = run(`endAs(await handOver([process.execPath, ['--eval', '${program}']]))`)
    expect((await lines.next()).value).toBe('up')
    stop('SIGINT')
    expect((await lines.next()).value).toBe('asked')
    stop('SIGINT')
    expect(await ended).toEqual([3, null])
    expect((await lines.next()).done).toBe(true)
  })
})
