import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StartError } from '../src/start-config.ts'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json } from './support/endpoint.ts'
import { LiveClient } from './support/live-client.ts'
import { until } from './support/until.ts'

/** Files that cannot be used: the place of what is wrong, and the words for it. */
const BROKEN = [
  { what: 'a tab', yaml: 'systems:\n\t- id: a\n', place: '2:1', says: /a tab cannot indent YAML; use spaces/ },
  { what: 'an id given twice', yaml: 'systems:\n  - id: a\n  - id: a\n', place: '3:9', says: /systems\[1\]\.id: .*a/ },
  {
    what: 'an unknown preset',
    yaml: 'systems:\n  - id: a\n    preset: workshop-on-rendr\n',
    place: '3:13',
    says: /did you mean "workshop-on-render"/,
  },
  {
    what: 'an environment variable that is not set',
    yaml: 'systems:\n  - { id: a, name: "${NOT_SET_HERE}" }\n',
    place: '2:20',
    says: /NOT_SET_HERE/,
  },
  {
    what: 'an unknown key',
    yaml: 'systems:\n  - id: a\n    sourcs: []\n',
    place: '3:5',
    says: /systems\[0\]\.sourcs: unknown key; did you mean "sources"/,
  },
  {
    what: 'an unknown key of a source',
    yaml: 'systems:\n  - id: a\n    sources: [{ type: http-json, url: "http://x/", evry: 1s }]\n',
    place: '3:52',
    says: /unknown key; did you mean "every"/,
  },
] as const

describe('a configuration that cannot be used, at the start', () => {
  it.each(BROKEN)('$what: is refused with its line and column, and what to do', async ({ yaml, place, says }) => {
    await using folder = await temporaryFolder()
    const refused: unknown = await Collector.start(folder.path, yaml).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StartError)
    expect(String(refused)).toContain(`${folder.path}/headroom.yaml:${place}`)
    expect(String(refused)).toMatch(says)
  })

  it('leaves nothing behind: the same folder starts with a good one', async () => {
    await using folder = await temporaryFolder()
    await expect(Collector.start(folder.path, 'systems: 3')).rejects.toThrow(StartError)
    await using collector = await Collector.start(folder.path, 'systems: []')
    expect(await collector.status()).toMatchObject({ systems: 0, config: { ok: true } })
    expect((await fetch(`${collector.url}/readyz`)).status).toBe(200)
  })
})

describe('a saved change', () => {
  const stack = new AsyncDisposableStack()
  let collector: Collector
  let viewer: LiveClient
  let a: Endpoint
  let b: Endpoint

  const two = (first: string, second: string, rest = ''): string => `  - id: shop
    sources:
      - { id: ${first}, type: http-json, url: "${(first === 'one' ? a : b).url}", every: 1s }
      - { id: ${second}, type: http-json, url: "${(second === 'one' ? a : b).url}", every: 1s }
${rest}`
  const flag = (above: number): string =>
    `    flags: [{ id: queue-long, metric: queue.length, above: ${above}, severity: warning, title: Long queue }]\n`
  const yaml = (...systems: string[]): string => `systems:\n${watched('neighbour', a.url)}${systems.join('')}`
  const numbers = async (): Promise<Map<string, number>> =>
    new Map(
      (await collector.series('all=1')).map(({ id, system, source, metric }) => [`${system}/${source}/${metric}`, id]),
    )

  beforeAll(async () => {
    const folder = stack.use(await temporaryFolder())
    a = stack.use(await Endpoint.open(json({ status: 'ok', queue_length: 5 })))
    b = stack.use(await Endpoint.open(json({ status: 'ok', queue_length: 50 })))
    collector = stack.use(await Collector.start(folder.path, yaml(two('one', 'two'))))
    viewer = stack.use(await LiveClient.open(collector.url))
    await collector.all('ok', 'neighbour', 'shop')
  })
  afterAll(() => stack.disposeAsync())

  it.each(BROKEN)(
    'that is bad ($what) is said everywhere, and the last good one stays',
    async ({ yaml: broken, place, says }) => {
      const { seq } = (await collector.events()).at(-1) ?? { seq: 0 }
      await collector.save(broken)
      const { config, systems } = await until(
        () => collector.status(),
        (status) => status.config.error?.includes(`headroom.yaml:${place}`) === true,
      )
      expect(config.ok).toBe(false)
      expect(config.error).toMatch(says)
      expect(systems).toBe(2)
      const ready = await fetch(`${collector.url}/readyz`)
      expect([ready.status, await ready.text()]).toEqual([
        503,
        expect.stringContaining('the last good one is in force') as string,
      ])
      const told = await until(
        () => collector.events(`kind=config&after=${seq}`),
        (events) => events.length > 0,
      )
      expect(told).toMatchObject([{ error: expect.stringMatching(says) as string, systems: ['neighbour', 'shop'] }])
      expect(collector.log.at(-1)).toMatch(says)
      expect((await collector.systems()).map(({ id, state }) => [id, state])).toEqual([
        ['neighbour', 'ok'],
        ['shop', 'ok'],
      ])
    },
  )

  it('that mends the file is good again, though nothing else changed', async () => {
    await collector.save(yaml(two('one', 'two')))
    await until(
      () => collector.status(),
      ({ config }) => config.ok && config.error === undefined,
    )
    expect((await fetch(`${collector.url}/readyz`)).status).toBe(200)
  })

  it('adds a system: it is asked at once, without a restart, and every dashboard is told', async () => {
    const before = await numbers()
    const { seq } = (await collector.events()).at(-1) ?? { seq: 0 }
    await collector.save(yaml(two('one', 'two'), watched('added', b.url)))
    await collector.all('ok', 'neighbour', 'shop', 'added')
    // What is kept of it is the new one, and which there are.
    expect(await collector.events(`kind=config,definition&after=${seq}`)).toMatchObject([
      { kind: 'definition', system: { id: 'added' } },
      { kind: 'config', systems: ['neighbour', 'shop', 'added'] },
    ])
    expect(
      viewer
        .of('systems')
        .at(-1)
        ?.systems.map(({ id }) => id),
    ).toEqual(['neighbour', 'shop', 'added'])
    const after = await numbers()
    for (const [name, id] of before) expect([name, after.get(name)]).toEqual([name, id])
    expect(await collector.notes()).toContainEqual(expect.objectContaining({ kind: 'config' }))
  })

  it('changes a flag: the new line judges the very next value, and taking it out ends its alert', async () => {
    await collector.save(yaml(two('two', 'one', flag(40))))
    await until(
      () => collector.alerts('state=open'),
      (alerts) => alerts.some(({ flag: id, state }) => id === 'queue-long' && state === 'firing'),
    )
    expect((await collector.system('shop')).state).toBe('warning')
    await collector.save(yaml(two('two', 'one', flag(60))))
    await collector.all('ok', 'shop')
    expect(await collector.json('/flags?system=shop')).toContainEqual(
      expect.objectContaining({ id: 'queue-long', line: 60 }),
    )
    expect(await collector.alerts('state=open')).toEqual([])
    expect((await collector.alerts('state=resolved')).map(({ flag: id }) => id)).toEqual(['queue-long'])
  })

  it('changes the order of sources: the first is primary, and every number stays', async () => {
    const before = await numbers()
    await collector.save(yaml(two('two', 'one')))
    const primary = async (): Promise<string | undefined> =>
      (await collector.series('system=shop')).find((series) => series.metric === 'queue.length' && series.primary)
        ?.source
    await until(primary, (source) => source === 'two')
    await collector.save(yaml(two('one', 'two')))
    await until(primary, (source) => source === 'one')
    await viewer.ticks(2)
    expect(await numbers()).toEqual(before)
  })

  it('removes a system: it is asked no more, its record stays, and it comes back as the same', async () => {
    const before = await numbers()
    await collector.save(`systems:\n${watched('neighbour', a.url)}`)
    await until(
      () => collector.systems(),
      (systems) => systems.length === 1,
    )
    // What was under way then may still arrive.
    await viewer.ticks(1)
    const asked = b.requests.length
    await viewer.ticks(2)
    expect(b.requests).toHaveLength(asked)
    expect((await collector.samples('shop', 'queue.length')).v.length).toBeGreaterThan(0)
    await collector.save(yaml(two('one', 'two')))
    await collector.all('ok', 'shop')
    expect(await numbers()).toEqual(before)
  })

  it('that saves the same again is nothing', async () => {
    const { length } = await collector.events('kind=config')
    await collector.save(yaml(two('one', 'two')))
    await viewer.ticks(2)
    expect(await collector.events('kind=config')).toHaveLength(length)
  })

  it('never kept the neighbour waiting', async () => {
    expect(await collector.longestGap('neighbour')).toBeLessThanOrEqual(2)
    expect((await collector.alerts()).filter(({ system }) => system === 'neighbour')).toEqual([])
    expect((await collector.events('kind=source&system=neighbour')).length).toBe(1)
  })
})
