import { spawnSync } from 'node:child_process'
import { appendFile, copyFile, mkdir, mkdtemp, open, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countsOf, FollowedLog, keptLines } from '../testing/followed-log.ts'
import { fsProblem } from './fs-problem.ts'
import { MAX_BYTES_PER_SECOND } from '../tally.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-log-'))
  file = join(folder, 'app.log')
})
afterEach(() => rm(folder, { recursive: true }))

const PATTERNS = { timeout: 'WORKER TIMEOUT', memory: 'MemoryError' }
const TIMEOUT = '[CRITICAL] WORKER TIMEOUT (pid:7)\n'

const follow = (): FollowedLog => new FollowedLog({ file, patterns: PATTERNS })

describe('a file', () => {
  it('is followed from its end; nothing found is 0, because all of it was read', async () => {
    await writeFile(file, TIMEOUT.repeat(9))
    await using log = follow()
    expect(countsOf(await log.begin())).toEqual({ timeout: 0, memory: 0 })
    await appendFile(file, `fine\n${TIMEOUT}${TIMEOUT}`)
    const reading = await log.next()
    expect(countsOf(reading)).toEqual({ timeout: 2, memory: 0 })
    expect([reading.up, reading.error]).toEqual([1, undefined])
    expect(keptLines(reading)).toEqual([
      'timeout: [CRITICAL] WORKER TIMEOUT (pid:7)',
      'timeout: [CRITICAL] WORKER TIMEOUT (pid:7)',
    ])
    expect(await log.counts()).toEqual({ timeout: 0, memory: 0 })
  })

  it('may hold half a line, which counts once it is whole', async () => {
    await writeFile(file, '')
    await using log = follow()
    await log.begin()
    await appendFile(file, 'WORKER TIM')
    expect(await log.counts()).toEqual({ timeout: 0, memory: 0 })
    await appendFile(file, 'EOUT\n')
    expect(await log.counts()).toEqual({ timeout: 1, memory: 0 })
  })

  it('that appears later is read from its beginning; before that nothing is known', async () => {
    await using log = follow()
    const before = await log.begin()
    expect([before.up, before.error?.code, countsOf(before)]).toEqual([null, 'no_file', {}])
    expect(before.error?.message).toContain(file)
    await writeFile(file, TIMEOUT)
    expect(await log.counts()).toEqual({ timeout: 1, memory: 0 })
  })

  it('may be renamed and made anew: what was still written to the old one counts, and all of the new', async () => {
    await writeFile(file, '')
    await using log = follow()
    await log.begin()
    const writer = await open(file, 'a')
    await writer.write(TIMEOUT)
    await rename(file, join(folder, 'app.log.1'))
    await writer.write(TIMEOUT)
    await writeFile(file, TIMEOUT)
    expect(await log.counts()).toEqual({ timeout: 3, memory: 0 })
    await writer.write(TIMEOUT)
    await writer.close()
    await appendFile(file, 'MemoryError\n')
    expect(await log.counts()).toEqual({ timeout: 1, memory: 1 })
  })

  it('may be renamed and be away for a while', async () => {
    await writeFile(file, '')
    await using log = follow()
    await log.begin()
    await rename(file, join(folder, 'old'))
    await appendFile(join(folder, 'old'), TIMEOUT)
    expect(await log.counts()).toEqual({ timeout: 1, memory: 0 })
    await log.next()
    const away = await log.next()
    expect([away.error?.code, countsOf(away)]).toEqual(['no_file', {}])
    await writeFile(file, `${TIMEOUT}MemoryError\n`)
    expect(await log.counts()).toEqual({ timeout: 1, memory: 1 })
  })

  it('may be copied and truncated', async () => {
    await writeFile(file, 'a long beginning that is not looked at\n')
    await using log = follow()
    await log.begin()
    await appendFile(file, TIMEOUT)
    expect(await log.counts()).toEqual({ timeout: 1, memory: 0 })
    await copyFile(file, join(folder, 'copy'))
    await truncate(file, 0)
    await appendFile(file, 'MemoryError\n')
    expect(await log.counts()).toEqual({ timeout: 0, memory: 1 })
  })

  it('that was truncated and has grown past where it was is begun anew', async () => {
    await writeFile(file, '')
    await using log = follow()
    await log.begin()
    await appendFile(file, `${TIMEOUT}fine\n`)
    await log.next()
    await writeFile(file, `MemoryError\n${'fine again\n'.repeat(100)}${TIMEOUT}`)
    expect(await log.counts()).toEqual({ timeout: 1, memory: 1 })
  })

  it('may be deleted and made again', async () => {
    await writeFile(file, '')
    await using log = follow()
    await log.begin()
    await rm(file)
    await writeFile(file, TIMEOUT)
    expect(await log.counts()).toEqual({ timeout: 1, memory: 0 })
  })

  it('may be a link that is set to another', async () => {
    await writeFile(join(folder, 'a'), '')
    await writeFile(join(folder, 'b'), TIMEOUT)
    await symlink('a', file)
    await using log = follow()
    await log.begin()
    await appendFile(join(folder, 'a'), TIMEOUT)
    await rm(file)
    await symlink('b', file)
    expect(await log.counts()).toEqual({ timeout: 2, memory: 0 })
  })

  it('of 50 MB a second is read as far as is allowed; the rest is passed over, and said', async () => {
    await writeFile(file, '')
    await using log = follow()
    await log.begin()
    const second = Buffer.from(`${'x'.repeat(1_000)}\n`.repeat(50_000))
    const writer = await open(file, 'a')
    for (let seconds = 0; seconds < 5; seconds++) await writer.write(second)
    await writer.write(TIMEOUT)
    await writer.close()
    const reading = await log.next()
    expect(reading.error).toMatchObject({ code: 'too_fast', message: expect.stringContaining('MiB were passed over') })
    // How many there were is not known, and 0 would be a claim.
    expect(countsOf(reading)).toEqual({})
    expect(reading.up).toBe(1)
    const after = await log.nextUntil(({ error }) => error === undefined)
    expect(countsOf(after)).toMatchObject({ timeout: 1 })
    expect(MAX_BYTES_PER_SECOND).toBeLessThan(50e6)
  })

  it('keeps few lines of a flood, and says how many there were', async () => {
    await writeFile(file, '')
    await using log = follow()
    await log.begin()
    await appendFile(file, TIMEOUT.repeat(1_000))
    const reading = await log.next()
    expect(countsOf(reading)).toEqual({ timeout: 1_000, memory: 0 })
    expect(keptLines(reading)).toHaveLength(6)
    expect(keptLines(reading).at(-1)).toBe('timeout: and 995 more')
  })

  it('that is a folder says so', async () => {
    await mkdir(file)
    await using log = follow()
    expect((await log.begin()).error).toMatchObject({ code: 'not_a_file', message: expect.stringContaining('folder') })
  })

  it('that is a pipe says so, and keeps nobody waiting', async () => {
    expect(spawnSync('mkfifo', [file]).status).toBe(0)
    await using log = follow()
    expect((await log.begin()).error).toMatchObject({
      code: 'not_a_file',
      message: expect.stringContaining('[cat, PATH]'),
    })
  })

  it.each(['*.log', '~/app.log'])('is one file: %s is no pattern, and that is said', async (name) => {
    await using log = new FollowedLog({ file: name.startsWith('~') ? name : join(folder, name), patterns: PATTERNS })
    expect((await log.begin()).error).toMatchObject({
      code: 'no_file',
      message: expect.stringContaining('mean nothing'),
    })
  })

  it('that may not be read says whose permission is missing', () => {
    // Whoever runs the tests may be root, who may read everything.
    const { code, message } = fsProblem('/var/log/app.log', Object.assign(new Error('no'), { code: 'EACCES' }))
    expect(code).toBe('no_permission')
    expect(message).toContain('/var/log/app.log')
  })
})

describe('check', () => {
  it('shows how often each pattern stands in the newest of the file', async () => {
    await writeFile(file, `${TIMEOUT}${'fine\n'.repeat(300_000)}${TIMEOUT}`)
    await using log = follow()
    const { mapped, texts, up } = await log.poll()
    expect(up).toBe(1)
    expect(texts).toEqual([{ path: 'looked at', lines: ['the last 1.0 MiB'] }])
    expect(mapped.map(({ path, value }) => [path, value])).toEqual([
      ['timeout', expect.stringMatching(/^1 of 20\d{4} lines$/)],
      ['memory', expect.stringMatching(/^0 of /)],
    ])
  })

  it('says what is wrong', async () => {
    await using log = follow()
    expect((await log.poll()).error?.code).toBe('no_file')
  })
})

describe('what is looked for', () => {
  it('comes from the presets of the system and from the source, and good signs are signs of their own', async () => {
    await writeFile(file, '')
    await using log = new FollowedLog(
      { file, patterns: { mine: 'my own', memory: 'out of memory' } },
      {
        guide: {
          patterns: { memory: 'MemoryError' },
          goodSigns: { exiting: 'Worker exiting' },
          counts: { exiting: 'restarts.per_minute' },
        },
      },
    )
    await log.begin()
    await appendFile(file, 'my own\nMemoryError\nWorker exiting (pid: 3)\nWorker exiting (pid: 4)\n')
    const reading = await log.next()
    expect(countsOf(reading)).toEqual({ memory: 0, exiting: 2, mine: 1 })
    expect(reading.points.find(({ metric }) => metric === 'restarts.per_minute')?.value).toBe(24)
    expect(reading.happened).toContainEqual({
      kind: 'log',
      level: 'info',
      pattern: 'exiting',
      text: 'exiting: Worker exiting (pid: 3)',
    })
  })

  it('is said to be missing where nothing is', async () => {
    await using log = new FollowedLog({ file })
    expect((await log.begin()).error?.code).toBe('no_patterns')
  })
})
