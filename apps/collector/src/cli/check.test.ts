import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { PushSource, SourceModule } from '../sources/types.ts'
import { newWorld, serve } from './testing/world.ts'

const BELL: SourceModule<Record<string, never>, PushSource> = {
  kind: 'bell',
  title: 'Bell',
  about: 'Waits until somebody rings.',
  gives: [],
  schema: z.strictObject({}),
  defaults: { everyMs: 60_000, timeoutMs: 5_000, maxSeries: 50, lagMs: 0 },
  describe: () => 'POST /bell',
  pushed: true,
  open: () => ({ listen: () => undefined, [Symbol.asyncDispose]: () => Promise.resolve() }),
}

describe('check', () => {
  test('asks every source and shows what was mapped to what', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/health': { active_sessions: 27, memory_percent: 34.25, other: { depth: 3 } } })
    await writeFile(
      join(world.folder, 'headroom.yaml'),
      `systems: [{ id: captions, preset: workshop-on-render, sources: [{ type: http-json, url: "${server.url}/health" }] }]`,
    )
    const { code, out, err } = await world.run(['check'])
    expect(err).toBe('')
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      '  what             metric               value',
      `captions/http-json  ok in 10 ms  ${server.url}/health`,
      '  active_sessions  sessions.active      27',
      '  memory_percent   memory.used_percent  34.25 %',
      '  other.depth      other.depth *        3',
      '',
      '* kept under a name of its own',
      '',
      'headroom.yaml: 1 system, 1 source, 0 failing',
      '',
    ])
    expect(code).toBe(0)
  })

  test('folds what there is very much of, and shows all of it when asked', async () => {
    await using world = await newWorld()
    const parts = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`part_${index}`, index]))
    await using server = await serve({ '/health': parts })
    await writeFile(
      join(world.folder, 'headroom.yaml'),
      `systems: [{ id: a, sources: [{ type: http-json, url: "${server.url}/health" }] }]`,
    )
    const { out } = await world.run(['check'])
    expect([out.match(/^ {2}part_/gm)?.length, out.includes('\n  and 18 more: --all\n')]).toEqual([12, true])
    const { out: all } = await world.run(['check', '--all'])
    expect([all.match(/^ {2}part_/gm)?.length, all.includes('--all')]).toEqual([30, false])
  })

  test('says of a source that is pushed to that it waits, and is content', async () => {
    await using world = await newWorld({ bell: BELL })
    await writeFile(join(world.folder, 'headroom.yaml'), 'systems: [{ id: a, sources: [{ type: bell }] }]')
    const { code, out } = await world.run(['check'])
    expect(out).toContain(
      'a/bell  waits  POST /bell\n  waits for what is pushed to it; what came stands on the Set-up screen\n',
    )
    expect(code).toBe(0)
    const { out: json } = await world.run(['check', '--json'])
    expect(JSON.parse(json)).toMatchObject({
      ok: true,
      systems: [{ sources: [{ id: 'bell', ok: true, waits: true }] }],
    })
  })

  test('says of an answer without numbers what is kept of it', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/ht': {} })
    await writeFile(
      join(world.folder, 'headroom.yaml'),
      `systems: [{ id: a, sources: [{ type: http-json, url: "${server.url}/ht" }] }]`,
    )
    const { code, out } = await world.run(['check'])
    expect(out).toBe(
      `a/http-json  ok in 10 ms  ${server.url}/ht\n` +
        '  it gives no numbers: only whether it answers, and how fast, is kept\n' +
        '\nheadroom.yaml: 1 system, 1 source, 0 failing\n',
    )
    expect(code).toBe(0)
  })

  test('--json gives the same for programs', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/health': { active_sessions: 27 } })
    await writeFile(
      join(world.folder, 'headroom.yaml'),
      `systems: [{ id: a, sources: [{ type: http-json, url: "${server.url}/health" }] }]`,
    )
    const { out } = await world.run(['check', '--json'])
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      systems: [
        {
          id: 'a',
          sources: [
            { id: 'http-json', ok: true, mapped: [{ path: 'active_sessions', metric: 'sessions.active', value: 27 }] },
          ],
        },
      ],
    })
  })

  test('one that fails is told with its reason, the others are asked all the same: exit 1', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/health': { active_sessions: 27 } })
    await writeFile(
      join(world.folder, 'headroom.yaml'),
      `systems: [{ id: a, sources: [{ type: http-json, id: good, url: "${server.url}/health" }, { type: http-json, id: gone, url: "${server.url}/gone" }, { type: silent, timeout: 100ms }] }]`,
    )
    const started = performance.now()
    const { code, out } = await world.run(['check'])
    expect(code).toBe(1)
    expect(out).toMatch(/^a\/good +ok in 10 ms +http/m)
    expect(out).toMatch(/^a\/gone +failing +http/m)
    expect(out).toMatch(/^a\/gone is failing:\n {2}answered 404/m)
    expect(out).toContain('a/silent is failing:\n  no answer within 100 ms (timeout)\n')
    expect(out).toContain('1 system, 3 sources, 2 failing')
    // The silent one would have taken half a minute.
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  test('a bad file: one line a problem, nothing is asked, exit 1', async () => {
    await using world = await newWorld()
    await writeFile(
      join(world.folder, 'mine.yaml'),
      'systems:\n  - id: a\n    sources: [{ type: http-json, url: "${NOT_SET}", evry: 5s }]\n',
    )
    expect(await world.run(['check', '--config', 'mine.yaml'])).toMatchObject({
      code: 1,
      out: '',
      err:
        'mine.yaml:3:39  systems[0].sources[0].url: environment variable NOT_SET is not set; set NOT_SET before starting Headroom\n' +
        'mine.yaml:3:53  systems[0].sources[0].evry: unknown key; did you mean "every"?\n',
    })
    const json = await world.run(['check', '--json', '--config', 'mine.yaml'])
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      problems: [
        { line: 3, column: 39 },
        { line: 3, path: 'systems[0].sources[0].evry' },
      ],
    })
  })

  test('no file at all says what to do', async () => {
    await using world = await newWorld()
    expect(await world.run(['check'])).toMatchObject({
      code: 1,
      err: 'headroom.yaml:1:1  there is no such file; write one with `npm run headroom -- init URL`\n',
    })
  })

  test('shows no secret, neither in an address nor in an answer', async () => {
    await using world = await newWorld()
    let seen = ''
    await using server = await serve({}, (request) => (seen = request.url ?? ''))
    await writeFile(
      join(world.folder, 'headroom.yaml'),
      `systems: [{ id: a, sources: [{ type: http-json, url: "${server.url}/health?x=\${TOKEN}", query: { admin_token: "\${TOKEN}" } }] }]`,
    )
    for (const argv of [['check'], ['check', '--json']]) {
      const { out, err } = await world.run(argv, { TOKEN: 'very-secret' })
      expect(out + err).not.toContain('very-secret')
      expect(out).toContain('[secret]')
    }
    expect(seen).toContain('admin_token=very-secret')
  })

  test('warnings are told, and fail nothing', async () => {
    await using world = await newWorld()
    await writeFile(
      join(world.folder, 'headroom.yaml'),
      'systems: []\nnotify: [{ type: slack, url: "http://localhost/" }]',
    )
    const { code, out } = await world.run(['check'])
    expect(code).toBe(0)
    expect(out).toContain('warning: headroom.yaml:2:1  notify: notifications have no effect in this version yet')
  })
})
