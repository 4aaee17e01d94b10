import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs a script until it has written `lines` lines, then kills it with -9. Gives its last whole line. */
export async function killAfterLines(script: string, args: readonly string[], lines: number): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  let seen = 0
  child.stdout.on('data', (data: Buffer) => {
    const part = data.toString()
    text = (text + part).slice(-1000)
    seen += part.split('\n').length - 1
    if (seen >= lines) child.kill('SIGKILL')
  })
  await ended(child)
  return text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1) ?? ''
}

/** The pipe may still hold lines after the process is gone: `close` comes when all are read. */
async function ended(child: ChildProcess): Promise<void> {
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (signal !== 'SIGKILL') throw new Error(`The child ended by itself with ${code ?? signal}`)
}
