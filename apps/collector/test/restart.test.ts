import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json } from './support/endpoint.ts'
import { LiveClient } from './support/live-client.ts'
import { Program } from './support/program.ts'
import { until } from './support/until.ts'

const FLAGS = `flags: [
      { id: queue-long, metric: queue.length, above: 40, severity: warning, title: Long queue },
      { id: queue-held, metric: queue.length, above: 40, for: 1h, severity: warning, title: Long queue for an hour }]`

it('a restart loses nothing: the same numbers, the same alerts, the same notes, one range', async () => {
  await using folder = await temporaryFolder()
  await using shop = await Endpoint.open(
    json({ status: 'ok', queue_length: 50, workers: { a: { busy: 1 }, b: { busy: 2 } } }),
  )
  await using calm = await Endpoint.open(json({ status: 'ok', queue_length: 1, recommendations: ['Nothing to do.'] }))
  // What is held goes on being held unless three intervals pass: so long a restart may take.
  const often = { every: '3s' }
  const yaml = `systems:\n${watched('calm', calm.url, often)}${watched('shop', shop.url, { ...often, system: FLAGS })}`
  const seen = async (collector: Collector) => ({
    series: (await collector.series('all=1')).map(({ id, system, source, metric, labels }) => ({
      id,
      system,
      source,
      metric,
      labels,
    })),
    alerts: await collector.alerts('state=open'),
    notes: await collector.notes(),
    texts: (await collector.system('calm')).texts,
    since: (await collector.systems()).map(({ id, state, since }) => ({ id, state, since })),
  })
  let before
  let stream: string
  let seq: number
  {
    await using first = await Collector.start(folder.path, yaml)
    using viewer = await LiveClient.open(first.url)
    stream = viewer.hello.stream
    await first.all('warning', 'shop')
    await first.all('ok', 'calm')
    await until(
      async () => (await first.samples('shop', 'queue.length')).v.length,
      (samples) => samples >= 2,
    )
    const body = JSON.stringify({ text: 'Doors open.', kind: 'note', system: 'shop' })
    const written = await fetch(`${first.url}/api/v1/notes`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(written.status).toBe(201)
    before = await seen(first)
    seq = (await first.events()).at(-1)?.seq ?? 0
    const bye = viewer.end()
    await first[Symbol.asyncDispose]()
    expect((await bye)?.code).toBe(1001)
    expect(viewer.frames.at(-1)).toMatchObject({ kind: 'bye', reason: 'the collector is shutting down' })
  }
  expect(before.alerts.map(({ flag, state }) => `${flag} ${state}`).toSorted()).toEqual([
    'queue-held pending',
    'queue-long firing',
  ])

  await using second = await Collector.start(folder.path, yaml)
  using viewer = await LiveClient.open(second.url)
  expect(viewer.hello.stream).not.toBe(stream)
  expect(viewer.hello.seq).toBeGreaterThanOrEqual(seq)
  expect(viewer.hello.alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    before.alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
  expect(await seen(second)).toEqual(before)
  await until(
    async () => (await second.samples('shop', 'queue.length')).v.length,
    (samples) => samples >= 4,
  )
  expect(await seen(second)).toEqual(before)
  const { t, v } = await second.samples('shop', 'queue.length')
  expect(v.every((value) => value === 50)).toBe(true)
  expect(t).toEqual([...new Set(t)].toSorted((a, b) => a - b))
  expect(new Set(t.map((at) => at % 3_000)).size).toBe(1)
  const events = await second.events()
  expect(new Set(events.map((event) => event.seq)).size).toBe(events.length)
  expect((await second.alerts()).filter(({ state }) => state === 'resolved')).toEqual([])

  shop.behaviour = json({ status: 'ok', queue_length: 1 })
  await second.all('ok', 'shop')
  expect(await second.alerts('state=resolved')).toMatchObject([
    { id: before.alerts.find(({ flag }) => flag === 'queue-long')?.id },
  ])
})

it('a flag that was changed while the collector stood still is judged at the start, and said', async () => {
  await using folder = await temporaryFolder()
  await using shop = await Endpoint.open(json({ status: 'ok', queue_length: 50 }))
  const yaml = (above: number, id = 'queue-long'): string =>
    `systems:\n${watched('shop', shop.url, { system: `flags: [{ id: ${id}, metric: queue.length, above: ${above}, severity: warning, title: Long queue }]` })}`
  const start = (text: string): Promise<Collector> => Collector.start(folder.path, text)
  const open = async (collector: Collector): Promise<string[]> =>
    (await collector.alerts('state=open')).map(({ flag, line }) => `${flag} ${line}`)
  {
    await using first = await start(yaml(60))
    await first.all('ok', 'shop')
  }
  {
    await using lower = await start(yaml(40))
    using viewer = await LiveClient.open(lower.url)
    await lower.all('warning', 'shop')
    expect(await open(lower)).toEqual(['queue-long 40'])
    await viewer.ticks(2)
    expect((await lower.alerts()).length).toBe(1)
  }
  {
    await using other = await start(yaml(40, 'queue-too-long'))
    await until(
      () => open(other),
      (alerts) => alerts.join() === 'queue-too-long 40',
    )
    await other.all('warning', 'shop')
  }
  await using higher = await start(yaml(60, 'queue-too-long'))
  await higher.all('ok', 'shop')
  expect(await open(higher)).toEqual([])
  expect((await higher.alerts('state=resolved')).map(({ flag }) => flag).toSorted()).toEqual([
    'queue-long',
    'queue-too-long',
  ])
})

it('kill -9 takes nothing that anybody saw: every tick of a socket is in the range afterwards', async () => {
  await using folder = await temporaryFolder()
  const systems: string[] = []
  await using stack = new AsyncDisposableStack()
  let count = 0
  for (let index = 0; index < 12; index++) {
    const endpoint = stack.use(
      await Endpoint.open(json(() => ({ status: 'ok', queue_length: ++count, memory_percent: index }))),
    )
    systems.push(watched(`s${index}`, endpoint.url))
  }
  const yaml = `systems:\n${systems.join('')}`
  const seen = new Map<string, number>()
  await writeFile(join(folder.path, 'headroom.yaml'), yaml)
  for (const ticks of [8, 15]) {
    await using program = new Program(['start', '--port', '0'], { cwd: folder.path })
    using viewer = await LiveClient.open((await program.api()).url)
    await viewer.ticks(ticks)
    await program.kill()
    for (const { values } of viewer.of('tick'))
      for (const [series, at, value] of values) if (value !== null) seen.set(`${series}/${at}`, value)
  }
  await using again = await Collector.start(folder.path, yaml)
  const { series } = await again.raw([...new Set([...seen.keys()].map((key) => Number(key.split('/')[0])))])
  const kept = new Map<string, number | undefined>(
    series.flatMap(({ id, t, v }) => t.map((at, index) => [`${id}/${at}`, v[index]] as const)),
  )
  expect(seen.size).toBeGreaterThan(50)
  expect([...seen].filter(([key, value]) => kept.get(key) !== value)).toEqual([])
  expect((await again.status()).store.problem).toBeUndefined()
})
