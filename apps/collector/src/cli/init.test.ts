import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig, type LoadResult } from '../config/load.ts'
import { SMALL_SOURCES } from '../config/testing/small-sources.ts'
import { loadPresets } from '../presets/load.ts'
import { newWorld, serve, type World } from './testing/world.ts'

const presets = loadPresets()

async function written(world: World): Promise<{ text: string; result: LoadResult }> {
  const text = await readFile(join(world.folder, 'headroom.yaml'), 'utf8')
  return { text, result: loadConfig(text, { lookup: () => 'some-token', sources: SMALL_SOURCES, presets }) }
}

describe('init', () => {
  test('writes a commented file that loads, and suggests the preset that fits', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/api/health': { active_sessions: 5, max_sessions: 100, memory_percent: 30 } })
    const { code, out, err } = await world.run(['init', `${server.url}/api/health`])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const { text } = await written(world)
    expect(text).toContain('# preset: workshop-on-render')
    expect(text).toMatch(/#\s+memory_percent\s+memory.used_percent\s+30 %/)
    expect(out).toContain('Wrote headroom.yaml.')
    expect(out).toContain('workshop-on-render')
  })

  test('says the commands that come next, with the file where it is not the usual one', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/health': { active_sessions: 5 } })
    const usual = await world.run(['init', `${server.url}/health`])
    expect(usual.out).toMatch(/\nNext: `npm run headroom -- check`, then `npm start`\.\n$/)
    const named = await world.run(['init', `${server.url}/health`, '--config', 'mine.yaml'])
    expect(named.out).toMatch(/`npm run headroom -- check --config mine.yaml`, then `npm start -- --config mine.yaml`/)
  })

  test('a page that was named is watched though it gives no numbers: that it answers is worth something', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/ht': {} })
    expect(await world.run(['init', `${server.url}/ht`])).toMatchObject({ code: 0, err: '' })
    const { text, result } = await written(world)
    expect(text).toContain('# It gave no numbers')
    expect(result).toMatchObject({ ok: true, config: { systems: [{ sources: [{ type: 'http-json' }] }] } })
  })

  test.each([false, true])('the file loads, also with the suggested preset taken (%s)', async (taken) => {
    await using world = await newWorld()
    await using server = await serve({ '/system-stats': { users: { active_count: 5 }, threads: { total_active: 4 } } })
    await world.run(['init', server.url])
    const { text } = await written(world)
    const result = loadConfig(taken ? text.replace('# preset: ide', 'preset: ide') : text, {
      lookup: () => undefined,
      sources: SMALL_SOURCES,
      presets,
    })
    expect(result).toMatchObject({
      ok: true,
      warnings: [],
      config: { systems: [{ presets: taken ? ['ide-on-ecs'] : [] }] },
    })
  })

  test('of a bare address the usual pages are tried, and those that differ are taken', async () => {
    await using world = await newWorld()
    const health = { active_sessions: 5 }
    await using server = await serve({ '/': health, '/health': health, '/system-stats': { cpu_percent: 4 } })
    await world.run(['init', server.url])
    const { result } = await written(world)
    expect(result).toMatchObject({
      ok: true,
      config: {
        systems: [
          {
            id: expect.stringMatching(/^host-127-0-0-1-\d+$/),
            sources: [{ id: 'root', everyMs: 5_000 }, { id: 'system-stats' }],
          },
        ],
      },
    })
  })

  test('two addresses of one origin are one system, of two origins two', async () => {
    await using world = await newWorld()
    await using one = await serve({ '/a': { x: 1 }, '/b': { y: 1 } })
    await using two = await serve({ '/a': { x: 1 } })
    await world.run(['init', `${one.url}/a`, `${one.url}/b`, `${two.url}/a`])
    const { result } = await written(world)
    expect(result).toMatchObject({
      ok: true,
      config: { systems: [{ sources: [{ id: 'a' }, { id: 'b' }] }, { sources: [{ id: 'http-json' }] }] },
    })
  })

  test('a token in the address is taken out; the file names a variable instead', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/metrics': { x: 1 } })
    const { out, err } = await world.run(['init', `${server.url}/metrics?admin_token=very-secret&page=2`])
    const { text, result } = await written(world)
    expect(text + out + err).not.toContain('very-secret')
    expect(text).toContain('page=2')
    expect(text).toMatch(/admin_token\w*"?: "\$\{HOST_127_0_0_1_\d+_ADMIN_TOKEN\}"/)
    expect(out).toContain('export HOST_127_0_0_1_')
    expect(result.ok).toBe(true)
  })

  test('does not write over a file, unless told to; --print writes none', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/health': { x: 1 } })
    await writeFile(join(world.folder, 'headroom.yaml'), 'mine')
    expect(await world.run(['init', `${server.url}/health`])).toMatchObject({
      code: 1,
      err: expect.stringContaining('is there already'),
    })
    expect(await world.run(['init', `${server.url}/health`, '--print'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('systems:'),
    })
    expect((await written(world)).text).toBe('mine')
    expect(await world.run(['init', `${server.url}/health`, '--force'])).toMatchObject({ code: 0 })
    expect((await written(world)).text).toContain('systems:')
  })

  test('an address that gives nothing says what was tried; nothing at all is exit 1 and no file', async () => {
    await using world = await newWorld()
    await using server = await serve({})
    const { code, err } = await world.run(['init', server.url])
    expect(code).toBe(1)
    for (const path of ['/health', '/system-stats', '/api/health', '/stats', '/api/admin/metrics'])
      expect(err).toMatch(new RegExp(`[ 0-9]${path}[,:]`))
    expect(err.match(/answered 404/g), 'pages that say the same stand in one line').toHaveLength(1)
    await expect(written(world)).rejects.toThrow('ENOENT')
  })

  test('a page that somebody names is watched though it fails now, and both the file and the command say so', async () => {
    await using world = await newWorld()
    const gone = await serve({})
    await gone[Symbol.asyncDispose]()
    const { code, out } = await world.run(['init', `${gone.url}/health`])
    expect(code).toBe(0)
    expect(out).toMatch(/\/health is failing now: .+/)
    const { text, result } = await written(world)
    expect(text).toMatch(/# Failing as this was written: .+/)
    expect(text).not.toContain('It gave')
    expect(result.ok).toBe(true)
  })

  test('where nothing listens no page is guessed', async () => {
    await using world = await newWorld()
    const gone = await serve({})
    await gone[Symbol.asyncDispose]()
    const { code, err } = await world.run(['init', gone.url])
    expect(code).toBe(1)
    expect(err.match(new RegExp(`${gone.url}/`, 'g'))).toHaveLength(1)
    expect(err).not.toContain('/health:')
  })

  test('hostile names in an answer cannot leave their comment', async () => {
    await using world = await newWorld()
    await using server = await serve({ '/health': { 'x\nsystems: []\n': 1 } })
    await world.run(['init', `${server.url}/health`])
    expect((await written(world)).result).toMatchObject({ ok: true, config: { systems: [{}] } })
  })

  test('what is no address is exit 2', async () => {
    await using world = await newWorld()
    expect(await world.run(['init', 'ftp://x'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not an address'),
    })
  })
})
