import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockFolder } from './lock-folder.ts'
import { FolderInUseError } from './open-error.ts'
import { temporaryFolder } from './sqlite/testing/folder.ts'

function refusal(folder: string): unknown {
  try {
    lockFolder(folder)[Symbol.dispose]()
    return null
  } catch (error) {
    return error
  }
}

test(
  '[SQ8] the second of two processes is told who has the folder, kill -9 frees it',
  { timeout: 20_000 },
  async () => {
    using folder = temporaryFolder()
    const child = spawn(process.execPath, [join(import.meta.dirname, 'sqlite/testing/lock-child.ts'), folder.path], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    const error = refusal(folder.path)
    expect(error).toBeInstanceOf(FolderInUseError)
    expect(error).toMatchObject({
      code: 'in-use',
      pid: child.pid,
      message: expect.stringContaining(String(child.pid)) as string,
    })
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(refusal(folder.path)).toBeNull()
  },
)

test('[SQ8] within one process too, until it is disposed', () => {
  using folder = temporaryFolder()
  {
    using _lock = lockFolder(folder.path)
    expect(refusal(folder.path)).toMatchObject({ pid: process.pid })
    expect(refusal(folder.path)).toMatchObject({ pid: process.pid })
  }
  expect(refusal(folder.path)).toBeNull()
})
