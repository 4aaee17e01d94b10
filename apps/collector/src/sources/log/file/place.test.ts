import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../../lib/fake-clock.ts'
import type { SourceMemory } from '../../types.ts'
import { countsOf, FollowedLog } from '../testing/followed-log.ts'

let folder: string
let file: string
let memory: SourceMemory
let kept: string | undefined
/** Of the machine, as the disk's times are. */
let clock: FakeClock
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-place-'))
  file = join(folder, 'app.log')
  kept = undefined
  memory = {
    recall: () => kept,
    keep(text) {
      kept = text
    },
  }
  clock = new FakeClock(Date.now())
})
afterEach(() => rm(folder, { recursive: true }))

const BAD = 'password=hunter2 bad\n'
const collector = (): FollowedLog => new FollowedLog({ file, patterns: { bad: 'bad' } }, { memory, clock })
/** Watches until the first question and an interval more, and ends. */
async function watch(): Promise<unknown[]> {
  await using log = collector()
  const first = countsOf(await log.begin())['bad']
  return [first, (await log.counts())['bad']]
}

describe('a collector that is started again', () => {
  it('goes on where it had got to: what was written in between counts, and nothing twice', async () => {
    await writeFile(file, BAD.repeat(7))
    expect(await watch()).toEqual([0, 0])
    await appendFile(file, BAD.repeat(3))
    expect(await watch()).toEqual([3, 0])
    expect(await watch()).toEqual([0, 0])
  })

  it('reads again what it had read and not yet told, and a line that was half there', async () => {
    await writeFile(file, 'fine\n')
    const log = collector()
    await log.begin()
    await appendFile(file, 'b')
    await log.next()
    await appendFile(file, `ad\n${BAD}`)
    // A look between two questions reads them.
    await clock.advance(1_000)
    await log[Symbol.asyncDispose]()
    expect(await watch()).toEqual([2, 0])
  })

  it('reads all of a file that was truncated meanwhile', async () => {
    await writeFile(file, 'fine\n'.repeat(50))
    await watch()
    await truncate(file)
    await appendFile(file, BAD)
    expect(await watch()).toEqual([1, 0])
  })

  it('reads the rest of a file that was rotated meanwhile, and all of the new one', async () => {
    await writeFile(file, BAD)
    await watch()
    await appendFile(file, BAD.repeat(2))
    await rename(file, join(folder, 'app.log.1'))
    await writeFile(file, BAD.repeat(4))
    expect(await watch()).toEqual([6, 0])
  })

  it('begins at the end where it was away for more than ten minutes, or was told of another file', async () => {
    await writeFile(file, 'fine\n')
    await watch()
    await appendFile(file, BAD)
    const before = kept
    clock.jump(11 * 60_000)
    expect(await watch()).toEqual([0, 0])
    kept = before?.replace('app.log', 'other.log')
    clock.jump(-11 * 60_000)
    expect(await watch()).toEqual([0, 0])
  })

  it('begins at the end of a file of which nothing says that it is the same or new', async () => {
    await writeFile(file, BAD)
    await watch()
    // As after a restore from elsewhere: an old file, on another disk.
    kept = kept?.replace(/"identity":"[^"]*"/, '"identity":"1/1"').replace(/"mark":"[^"]*"/, '"mark":"x"')
    clock.jump(60_000)
    kept = kept?.replace(/"at":\d+/, `"at":${clock.now()}`)
    await appendFile(file, BAD)
    expect(await watch()).toEqual([0, 0])
  })

  it('does without, where what was kept is nonsense; and keeps nothing that a log says', async () => {
    await writeFile(file, 'fine\n')
    for (const text of ['', '{', '{"path":1}']) {
      kept = text
      expect(await watch()).toEqual([0, 0])
    }
    await appendFile(file, BAD)
    await watch()
    expect(kept).toContain(file)
    expect(kept).not.toContain('hunter2')
  })
})
