import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cpuMeter } from '../lib/testing/cpu-meter.ts'
import { loadPresets } from '../presets/load.ts'
import { loadConfig, loadConfigFile, printableConfig, type LoadResult } from './load.ts'
import { formatProblem } from './problem.ts'
import { SMALL_SOURCES } from './testing/small-sources.ts'

const presets = loadPresets()
const ENVIRONMENT: Record<string, string> = {
  EMPTY: '',
  TOKEN: 's3cret/token+x',
  HOSTILE: 'a: [b]\n- "c',
  URL: 'http://user:pass1234@localhost/',
}

function load(text: string): LoadResult {
  return loadConfig(text, { lookup: (name) => ENVIRONMENT[name], sources: SMALL_SOURCES, presets })
}

function lines(result: LoadResult, file = 'headroom.yaml'): string[] {
  return (result.ok ? result.warnings : result.problems).map((problem) => formatProblem(file, problem))
}

function good(text: string): Extract<LoadResult, { ok: true }> {
  const result = load(text)
  if (!result.ok) throw new Error(lines(result).join('\n'))
  return result
}

describe('a bad file', () => {
  const folder = join(import.meta.dirname, 'fixtures')

  test('every fixture says all that is wrong with it, with line, column, path and what was meant', async () => {
    const names = await readdir(folder)
    expect(names.length).toBeGreaterThan(15)
    for (const name of names.filter((file) => file !== 'empty.yaml')) {
      const text = await readFile(join(folder, name), 'utf8')
      const expected = text.split('\n').flatMap((line) => (line.startsWith('# => ') ? [line.slice(5)] : []))
      expect(expected.length).toBeGreaterThan(0)
      expect(lines(load(text), name)).toEqual(expected)
    }
  })

  test.each(['', '\n\n', '# only a comment\n'])('an empty file says so: %j', (text) => {
    expect(lines(load(text))).toEqual([
      'headroom.yaml:1:1  the file is empty; a configuration that watches nothing is `systems: []`',
    ])
  })

  test('a file without systems says so', () => {
    expect(lines(load('storage: { retain: 1d }'))).toEqual(['headroom.yaml:1:1  systems is missing'])
  })

  test('a problem never shows a secret, not even one that is at the wrong place', () => {
    const result = load('systems: [{ id: a, preset: "${TOKEN}" }]\n"${TOKEN}": 1')
    expect(lines(result).join()).not.toContain('s3cret')
    expect(result.ok).toBe(false)
  })

  test('a million aliases end at once', () => {
    const took = cpuMeter()
    const levels = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`)
    expect(load(`l0: &l0 [x]\n${levels.join('\n')}\nsystems: *l12\n`).ok).toBe(false)
    expect(took()).toBeLessThan(2_000)
  })
})

describe('a good file', () => {
  test('no systems at all are fine', () => {
    const { config, warnings } = good('systems: []')
    expect(config).toEqual({
      systems: [],
      events: [],
      notify: [],
      storage: { retainMs: 30 * 86_400_000, maxBytes: 5 * 2 ** 30 },
    })
    expect(warnings).toEqual([])
  })

  test('all that may be said is read, with its defaults', () => {
    const { config } = good(`
systems:
  - id: captions
    name: Caption workshop
    preset: workshop-on-render
    limits: { sessions: 100, sessions.tested: 40, memory: 2GiB, slots: "16", upstream_per_minute: 1000 }
    sources:
      - { type: http-json, url: "https://captions.example.com/api/health", every: 2s, labels: { zone: a } }
      - { type: silent, disks: [a] }
    flags:
      - { id: memory-high, metric: memory.used_percent, above: 85, for: 30s, severity: warning }
  - { id: bare, preset: [ide-on-ecs, web-service] }
event:
  { id: wed, name: "Wednesday workshop", systems: [captions], timezone: Europe/Amsterdam, start: "2026-11-25T09:00",
    end: "2026-11-25T12:00", people: 30, runsheet: [ { at: "09:30", name: "Lab 1" } ] }
storage: { retain: 7d, maxBytes: 512MB }
`)
    const [captions, bare] = config.systems
    expect(captions).toMatchObject({
      id: 'captions',
      name: 'Caption workshop',
      presets: ['workshop-on-render'],
      limits: { sessions: 100, 'sessions.tested': 40, memory: 2 * 2 ** 30, slots: 16 },
      actions: [],
    })
    expect(captions?.sources).toMatchObject([
      {
        id: 'http-json',
        type: 'http-json',
        everyMs: 2_000,
        timeoutMs: 4_000,
        maxSeries: 200,
        labels: { zone: 'a' },
        where: 'https://captions.example.com/api/health',
      },
      { id: 'silent', everyMs: 10_000, lagMs: 60_000, maxSeries: 50, options: { id: 'silent', disks: ['a'] } },
    ])
    expect(bare).toMatchObject({ name: 'bare', presets: ['ide-on-ecs', 'web-service'], sources: [] })
    expect(config.events).toEqual([
      {
        id: 'wed',
        name: 'Wednesday workshop',
        systems: ['captions'],
        timezone: 'Europe/Amsterdam',
        people: 30,
        startAt: Date.UTC(2026, 10, 25, 8),
        endAt: Date.UTC(2026, 10, 25, 11),
        runsheet: [{ at: Date.UTC(2026, 10, 25, 8, 30), name: 'Lab 1' }],
      },
    ])
    expect(config.storage).toEqual({ retainMs: 7 * 86_400_000, maxBytes: 512e6 })
  })

  test('a byte order mark and Windows line ends change nothing', () => {
    expect(good('\uFEFFsystems:\r\n  - id: a\r\n').config.systems[0]?.id).toBe('a')
  })

  test('what this version does nothing with is said', () => {
    const result = good(
      'systems: [{ id: a, actions: [restart] }]\nnotify: [{ type: slack, url: "http://localhost/" }]\naccess: { anonymous: viewer }',
    )
    expect(lines(result)).toEqual([
      'headroom.yaml:1:20  systems[0].actions: actions have no effect in this version yet',
      'headroom.yaml:2:1  notify: notifications have no effect in this version yet',
      'headroom.yaml:3:1  access: access has no effect in this version yet: only this machine can connect',
    ])
  })

  test('a metric outside the catalogue is a warning with the nearest known one', () => {
    const result = good('systems: [{ id: a, flags: [{ id: x, metric: memory.used_percnt, above: 5 }] }]')
    expect(lines(result)).toEqual([
      'headroom.yaml:1:45  systems[0].flags[0].metric: "memory.used_percnt" is not a known metric; did you mean "memory.used_percent"?',
    ])
  })

  test('a piece may be used again by an alias', () => {
    const { config } = good('systems:\n  - { id: a, limits: &same { sessions: 5 } }\n  - { id: b, limits: *same }')
    expect(config.systems[1]?.limits).toEqual({ sessions: 5 })
  })
})

describe('${NAME}', () => {
  test('stands for the variable, alone or inside a text', () => {
    const { config } = good('systems: [{ id: a, name: "x ${TOKEN} y" }]')
    expect(config.systems[0]?.name).toBe('x s3cret/token+x y')
  })

  test('never changes what the file means, whatever the variable holds', () => {
    const { config } = good('systems:\n  - id: a\n    name: ${HOSTILE}\n')
    expect(config.systems).toHaveLength(1)
    expect(config.systems[0]?.name).toBe(ENVIRONMENT['HOSTILE'])
  })

  test('$${ is a plain ${, and comments are left alone', () => {
    expect(good('# ${NOT_SET}\nsystems: [{ id: a, name: "$${TOKEN}" }]').config.systems[0]?.name).toBe('${TOKEN}')
  })

  test('is not filled in twice', () => {
    ENVIRONMENT['TWICE'] = 'has ${TOKEN} inside'
    expect(good('systems: [{ id: a, name: "${TWICE}" }]').config.systems[0]?.name).toBe('has ${TOKEN} inside')
  })
})

describe('secrets', () => {
  test('are in no printable form of the configuration', () => {
    const result = good(`
systems:
  - id: a
    sources:
      - { type: http-json, id: one, url: "\${URL}", bearer: "\${TOKEN}", headers: { x-api-key: literal-key }, query: { admin_token: abc, page: health } }
notify: [ { type: webhook, url: "http://localhost/", secret: whsec_plain } ]
`)
    const printed = JSON.stringify(printableConfig(result.config, result.secrets))
    for (const secret of ['s3cret', 'pass1234', 'literal-key', 'abc', 'whsec_plain'])
      expect(printed).not.toContain(secret)
    expect(printed).toContain('"page":"health"')
  })
})

describe('a file on disk', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-load-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const input = { lookup: () => undefined, sources: SMALL_SOURCES, presets }

  test('is read', async () => {
    await writeFile(join(folder, 'good.yaml'), 'systems: []')
    expect((await loadConfigFile(join(folder, 'good.yaml'), input)).ok).toBe(true)
  })

  test('one that is not there, is a folder, is too large or is not text says so', async () => {
    await mkdir(join(folder, 'folder'))
    await writeFile(join(folder, 'large.yaml'), `systems: []\n#${'x'.repeat(1024 * 1024)}`)
    await writeFile(join(folder, 'binary.yaml'), Buffer.from([0xff, 0xfe, 0x00]))
    const said = async (name: string): Promise<string[]> => lines(await loadConfigFile(join(folder, name), input), name)
    expect(await said('none.yaml')).toEqual([
      'none.yaml:1:1  there is no such file; write one with `npm run headroom -- init URL`',
    ])
    expect(await said('folder')).toEqual(['folder:1:1  this is a folder; name the file in it'])
    expect(await said('large.yaml')).toEqual([
      'large.yaml:1:1  the file is larger than 1 MiB; a configuration is a few hundred lines at most',
    ])
    expect(await said('binary.yaml')).toEqual(['binary.yaml:1:1  the file is not UTF-8 text; save it as UTF-8'])
  })
})
