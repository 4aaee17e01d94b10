import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../src/cli/index.ts'
import { readEnv } from '../src/config/env.ts'
import { systemClock } from '../src/lib/clock.ts'
import { loadPresets } from '../src/presets/load.ts'
import { SOURCES } from '../src/sources/index.ts'
import { spool } from './example-source/spool.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-spool-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** `headroom check` in the folder, of a program whose table has the example's line. */
async function check(): Promise<{ code: number; out: string }> {
  let out = ''
  const write = (text: string): void => void (out += text)
  const sources = { ...SOURCES, spool }
  const code = await runCli(['check'], {
    stdout: write,
    stderr: write,
    env: readEnv({}),
    cwd: folder,
    version: '0',
    clock: systemClock,
    sources,
    presets: loadPresets(),
    start: () => Promise.resolve(1),
  })
  return { code, out }
}

describe('the example of CONTRIBUTING.md', () => {
  it('is the code that is tested here', async () => {
    const guide = await readFile(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8')
    const code = await readFile(new URL('example-source/spool.ts', import.meta.url), 'utf8')
    expect(guide).toContain(code.replaceAll('../../src/sources/types.ts', '../types.ts').trim())
  })

  it('is known to the configuration and to check by its folder and one line', async () => {
    await mkdir(join(folder, 'jobs'))
    for (const job of ['a', 'b', 'c']) await writeFile(join(folder, 'jobs', job), '')
    await writeFile(
      join(folder, 'headroom.yaml'),
      `systems: [{ id: press, sources: [{ type: spool, folder: "${join(folder, 'jobs')}" }] }]`,
    )
    const { code, out } = await check()
    expect(out).toMatch(/queue\.length\s+3/)
    expect(code).toBe(0)
  })

  it('gives a named reason where the folder is missing', async () => {
    await writeFile(
      join(folder, 'headroom.yaml'),
      'systems: [{ id: press, sources: [{ type: spool, folder: /nowhere/at/all }] }]',
    )
    const { code, out } = await check()
    expect(out).toContain('/nowhere/at/all cannot be read')
    expect(code).toBe(1)
  })

  it('has its options checked like those of any kind', async () => {
    await writeFile(join(folder, 'headroom.yaml'), 'systems: [{ id: press, sources: [{ type: spool, foldr: jobs }] }]')
    const { code, out } = await check()
    expect(out).toContain('did you mean "folder"?')
    expect(code).toBe(1)
  })
})
