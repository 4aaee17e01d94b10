import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** Starts the program, and waits for its first line. */
async function start(stdio: 'pipe' | 'ipc'): Promise<{ child: ChildProcess; line: string; ended: Promise<unknown[]> }> {
  const child = spawn(process.execPath, [MAIN, '--port', '0', '--speed', '10'], {
    stdio: stdio === 'pipe' ? ['pipe', 'pipe', 'inherit'] : ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const [chunk] = await once(child.stdout ?? child, 'data')
  return { child, line: String(chunk), ended }
}

describe('the program', () => {
  test('prints one line with its URL, and ends when the stdin its parent gave closes', async () => {
    const { child, line, ended } = await start('pipe')
    expect(line).toMatch(/^demo workshop at http:\/\/127\.0\.0\.1:\d+\n$/)
    child.stdin?.end()
    expect(await ended).toEqual([0, null])
  })

  test('ends when the IPC channel of its parent closes', async () => {
    const { child, ended } = await start('ipc')
    child.disconnect()
    expect(await ended).toEqual([0, null])
  })

  test("ends by itself on SIGTERM in the middle of the students' work: nothing left open keeps it alive", async () => {
    const { child, ended } = await start('pipe')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  test('answers wrong words with their usage and exit code 2', async () => {
    const child = spawn(process.execPath, [MAIN, '--port', 'many'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = once(child, 'exit')
    expect(String((await once(child.stderr, 'data'))[0])).toContain('usage:')
    expect(await ended).toEqual([2, null])
  })
})
