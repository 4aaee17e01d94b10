import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from './lib/fake-clock.ts'
import { openMemories } from './memories.ts'
import { silentLogger } from './telemetry/logger.ts'

let folder: string
const clock = new FakeClock()
const open = (): ReturnType<typeof openMemories> => openMemories(folder, { clock, log: silentLogger })
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-memories-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('what sources remember', () => {
  it('is there after a restart, of each source its own, and only its owner may read it', async () => {
    {
      await using memories = await open()
      for (let index = 0; index < 100; index++) memories.of('captions', 'log').keep(`place ${index}`)
      memories.of('captions', 'journal').keep('other')
    }
    await using memories = await open()
    expect(memories.of('captions', 'log').recall()).toBe('place 99')
    expect(memories.of('captions', 'journal').recall()).toBe('other')
    expect(memories.of('tutor', 'log').recall()).toBeUndefined()
    expect(await readdir(folder)).toEqual(['memories.json'])
    expect((await stat(join(folder, 'memories.json'))).mode & 0o077).toBe(0)
  })

  it('is forgotten after a day, and with a file that cannot be read', async () => {
    {
      await using memories = await open()
      memories.of('captions', 'log').keep('old')
    }
    await clock.advance(25 * 60 * 60_000)
    {
      await using memories = await open()
      expect(memories.of('captions', 'log').recall()).toBeUndefined()
    }
    await writeFile(join(folder, 'memories.json'), '{"captions/log":{"at":1')
    await using memories = await open()
    expect(memories.of('captions', 'log').recall()).toBeUndefined()
  })

  it('lasts as long as the collector where the disk takes nothing', async () => {
    await using memories = await open()
    await rm(folder, { recursive: true })
    memories.of('captions', 'log').keep('place')
    expect(memories.of('captions', 'log').recall()).toBe('place')
  })
})
