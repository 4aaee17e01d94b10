import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const CHILD = `
import { outliveOutput } from ${JSON.stringify(fileURLToPath(new URL('outlive-output.ts', import.meta.url)))}
outliveOutput(process.stdout, process.stderr)
process.once('message', () => {
  for (let line = 0; line < 100; line++) { process.stdout.write('heard?\\n'); process.stderr.write('heard?\\n') }
  setTimeout(() => process.send('still here', () => process.exit(0)), 100)
})
process.send('ready')
`

it('a closed pipe ends nothing', async () => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', CHILD], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  expect(await once(child, 'message')).toEqual(['ready', undefined])
  child.stdout?.destroy()
  child.stderr?.destroy()
  const exited = once(child, 'exit')
  child.send('go on')
  expect(await once(child, 'message')).toEqual(['still here', undefined])
  expect(await exited).toEqual([0, null])
})
