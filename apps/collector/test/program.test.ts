import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json, raw, silence } from './support/endpoint.ts'
import { Program } from './support/program.ts'
import { until } from './support/until.ts'

/** Runs `headroom` to its end in a folder. */
async function run(cwd: string, ...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  await using program = new Program(words, { cwd })
  const code = await program.code()
  return { code, out: program.out, err: program.err }
}

it('`headroom schema` prints the JSON Schema of headroom.yaml', async () => {
  await using folder = await temporaryFolder()
  const { code, out, err } = await run(folder.path, 'schema')
  expect([code, err]).toEqual([0, ''])
  expect(JSON.parse(out)).toMatchObject({ type: 'object', properties: { systems: { type: 'array' } } })
})

it('`headroom check` ends with 0 where all is well, 1 where a source fails or the file is wrong, 2 where its words are', async () => {
  await using folder = await temporaryFolder()
  await using well = await Endpoint.open(json({ status: 'ok', queue_length: 7 }))
  await using ill = await Endpoint.open(raw('<html>', 'text/html'))
  const file = join(folder.path, 'headroom.yaml')
  await writeFile(file, `systems:\n${watched('well', well.url)}`)
  const fine = await run(folder.path, 'check')
  expect([fine.code, fine.err]).toEqual([0, ''])
  expect(fine.out).toMatch(/queue_length +queue\.length +7/)

  await writeFile(file, `systems:\n${watched('well', well.url)}${watched('ill', ill.url)}`)
  const failing = await run(folder.path, 'check', '--json')
  expect(failing.code).toBe(1)
  expect(JSON.parse(failing.out)).toMatchObject({
    ok: false,
    systems: [{ sources: [{ ok: true }] }, { sources: [{ ok: false, error: { code: 'html' } }] }],
  })

  await writeFile(file, 'systems:\n  - id: a\n    sourcs: []\n')
  const wrong = await run(folder.path, 'check')
  expect([wrong.code, wrong.out]).toEqual([1, ''])
  expect(wrong.err).toMatch(/^headroom\.yaml:3:5 +systems\[0\]\.sourcs: unknown key; did you mean "sources"/)

  const words = await run(folder.path, 'check', '--confg', file)
  expect(words.code).toBe(2)
  expect(words.err).toMatch(/--confg/)
  expect((await run(folder.path, 'chek')).code).toBe(2)
})

it('`headroom start` with a bad configuration prints the place, without a stack, and ends with 1', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, 'headroom.yaml'), 'systems:\n  - id: a\n  - id: a\n')
  const { code, out, err } = await run(folder.path, 'start', '--port', '0')
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^headroom: the configuration cannot be used:\n.*headroom\.yaml:3:9 +systems\[1\]\.id/)
  expect(err).not.toMatch(/^ +at /m)
})

it('`headroom start` says where it is, watches, and ends with 0 at the first Ctrl-C', async () => {
  await using folder = await temporaryFolder()
  await using endpoint = await Endpoint.open(json({ status: 'ok' }))
  // What hangs is not waited for.
  await using hanging = await Endpoint.open(silence)
  const systems = [watched('shop', endpoint.url), watched('hanging', hanging.url, { source: 'timeout: 1m' })]
  await writeFile(join(folder.path, 'headroom.yaml'), `systems:\n${systems.join('')}`)
  await using program = new Program(['start', '--port', '0'], { cwd: folder.path })
  const api = await program.api()
  await api.all('ok', 'shop')
  await until(
    () => hanging.requests.length,
    (requests) => requests > 0,
  )
  const stoppedAt = performance.now()
  program.child.kill('SIGINT')
  expect(await program.code()).toBe(0)
  // It would have hung for a minute.
  expect(performance.now() - stoppedAt).toBeLessThan(30_000)
  expect(program.leftBehind).toBe(false)
  expect(program.err.split('\n').filter((line) => / (warn|error) /.test(line))).toEqual([])

  const refused = await run(folder.path, 'start', '--host', '0.0.0.0', '--port', '0')
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(/access/)
})

it('the demo is a system like any other, and its workshop ends with it: by Ctrl-C, and by kill -9', async () => {
  await using folder = await temporaryFolder()
  await using program = new Program(['start', '--demo', '--port', '0'], { cwd: folder.path })
  const api = await program.api()
  expect((await api.status()).demo).toBe(true)
  await until(
    () => api.status(),
    ({ sources }) => sources.ok > 0 && sources.pending === 0,
  )
  program.child.kill('SIGINT')
  expect(await program.code()).toBe(0)
  expect(program.leftBehind).toBe(false)

  await using killed = new Program(['start', '--demo', '--port', '0'], { cwd: folder.path })
  await killed.api()
  killed.child.kill('SIGKILL')
  await until(
    () => killed.leftBehind,
    (left) => !left,
  )
})
