import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { until } from '../../testing/until.ts'
import { countsOf, FollowedLog, keptLines } from '../testing/followed-log.ts'

const NODE = process.execPath
const script = (code: string, ...words: string[]): string[] => [NODE, '-e', code, ...words]
const STAY = 'setInterval(() => {}, 1000);'
const patterns = { bad: 'bad' }
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe("a command's output", () => {
  it('counts on both of its outputs, and is 0 only while it runs', async () => {
    await using log = new FollowedLog({
      command: script(`console.log('bad 1'); console.error('bad 2'); ${STAY}`),
      patterns,
    })
    await log.begin()
    let found = 0
    const lines: string[] = []
    await log.nextUntil((reading) => {
      found += countsOf(reading)['bad'] ?? 0
      lines.push(...keptLines(reading))
      return found === 2
    })
    expect(lines.toSorted()).toEqual(['bad: bad 1', 'bad: bad 2'])
    expect(await log.counts()).toEqual({ bad: 0 })
  })

  it('is run through no shell', async () => {
    await using log = new FollowedLog({
      command: script(`console.log('bad ' + process.argv[1]); ${STAY}`, '$(id); `id` | *'),
      patterns,
    })
    await log.begin()
    const reading = await log.nextUntil((one) => (countsOf(one)['bad'] ?? 0) > 0)
    expect(keptLines(reading)).toEqual(['bad: bad $(id); `id` | *'])
  })

  it('is started again when it ends, later each time, and says that it ended', async () => {
    await using log = new FollowedLog({
      command: script(`process.stdout.write('bad without end of line'); process.exit(3)`),
      patterns,
    })
    await log.begin()
    let found = 0
    const failing = await log.nextUntil((reading) => {
      found += countsOf(reading)['bad'] ?? 0
      return reading.error !== undefined && found >= 2
    })
    expect(failing.error).toMatchObject({ code: 'ended', message: expect.stringContaining('ended with code 3') })
    expect(countsOf(failing)['bad'] === 0).toBe(false)
  })

  it('that is no program says so', async () => {
    await using log = new FollowedLog({ command: ['/no/such/program'], patterns })
    await log.begin()
    const { error } = await log.nextUntil((reading) => reading.error !== undefined)
    expect(error).toMatchObject({ code: 'no_command', message: expect.stringContaining('/no/such/program') })
    expect((await log.poll()).up).toBe(null)
  })

  it('is ended with all that it started, even where it does not want to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headroom-command-'))
    const pids = join(folder, 'pids')
    const child = `process.on('SIGTERM', () => {}); require('fs').appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n'); ${STAY}`
    const log = new FollowedLog({
      command: script(
        `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); ${child}`,
      ),
      patterns,
    })
    await log.begin()
    const started = await until(
      async () => (await readFile(pids, 'utf8').catch(() => '')).trim().split('\n').filter(Boolean).map(Number),
      (found) => found.length === 2,
    )
    expect(started.every(alive)).toBe(true)
    const closing = log[Symbol.asyncDispose]()
    await until(
      async () => log.clock.advance(1_000).then(() => started.filter(alive)),
      (left) => left.length === 0,
    )
    await closing
    await rm(folder, { recursive: true })
  })

  it('that says more than can be read does not grow in memory', async () => {
    await using log = new FollowedLog({
      command: script(
        `const b = Buffer.alloc(65536, 'x'); b[65535] = 10; const w = () => { while (process.stdout.write(b)); process.stdout.once('drain', w) }; w()`,
      ),
      patterns,
    })
    await log.begin()
    const before = process.memoryUsage().rss
    const { error } = await until(
      async () => log.poll(),
      (reading) => reading.error?.code === 'too_fast',
    )
    expect(error?.message).toContain('were passed over')
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20)
  })

  it('check runs it for a moment, shows what was found, and ends it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headroom-command-'))
    const said = join(folder, 'pid')
    const code = `console.log('bad'); console.log('good'); require('fs').writeFileSync(${JSON.stringify(said)}, String(process.pid)); ${STAY}`
    await using log = new FollowedLog({ command: script(code), patterns })
    const looked = log.poll()
    // Both lines are in the pipe before the file is there; each look at the file is a turn in which they are read.
    const pid = await until(
      async () => Number(await readFile(said, 'utf8').catch(() => 'none')),
      (number) => number > 0,
    )
    await log.clock.advance(1_000)
    expect((await looked).mapped).toMatchObject([{ path: 'bad', value: '1 of 2 lines' }])
    expect(alive(pid)).toBe(false)
    await rm(folder, { recursive: true })
  })
})
