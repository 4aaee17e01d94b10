import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { ListenError } from '../src/http/listen.ts'
import { FolderInUseError, StoreOpenError } from '../src/store/open-error.ts'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json } from './support/endpoint.ts'
import { LiveClient } from './support/live-client.ts'
import { until } from './support/until.ts'

const refusalOf = async (starting: Promise<Collector>): Promise<unknown> => {
  try {
    await using started = await starting
    return started
  } catch (error) {
    return error
  }
}

it('a damaged database is set aside under a name, a new one begun, and both are said', async () => {
  await using folder = await temporaryFolder()
  await using endpoint = await Endpoint.open(json({ status: 'ok', queue_length: 1 }))
  const yaml = `systems:\n${watched('shop', endpoint.url)}`
  {
    await using first = await Collector.start(folder.path, yaml)
    await first.all('ok', 'shop')
    expect((await first.status()).store.problem).toBeUndefined()
  }
  const file = join(folder.path, 'data', 'headroom.db')
  const damaged = Buffer.alloc((await readFile(file)).length, 'not a database any more ')
  await writeFile(file, damaged)

  const begunAt = Date.now()
  await using collector = await Collector.start(folder.path, yaml)
  const aside = (await readdir(join(folder.path, 'data'))).find((name) =>
    /^headroom\.db\.corrupt-\d{4}-\d\d-\d\dT[\d-]+$/.test(name),
  )
  expect(aside).toBeDefined()
  expect(await readFile(join(folder.path, 'data', aside ?? ''))).toEqual(damaged)
  expect(collector.log.join('')).toMatch(new RegExp(` error Store set-aside .*${aside}`))
  const { store } = await collector.status()
  expect(store).toMatchObject({
    writable: true,
    problem: expect.stringMatching(new RegExp(`damaged.*set aside as .*${aside}.*new one was begun`)) as string,
  })
  await collector.all('ok', 'shop')
  const { t, v } = await collector.samples('shop', 'queue.length')
  expect([new Set(v), t.every((at) => at > begunAt)]).toEqual([new Set([1]), true])
  expect((await fetch(`${collector.url}/readyz`)).status).toBe(200)
})

it('a second collector on the same folder is refused, and told who has it; the first goes on', async () => {
  await using folder = await temporaryFolder()
  await using endpoint = await Endpoint.open(json({ status: 'ok' }))
  const yaml = `systems:\n${watched('shop', endpoint.url)}`
  await using first = await Collector.start(folder.path, yaml)
  const refusal = await refusalOf(Collector.start(folder.path, yaml))
  expect(refusal).toBeInstanceOf(FolderInUseError)
  expect(String(refusal)).toMatch(new RegExp(`already in use by the collector with process id ${process.pid}.*--data`))
  await first.all('ok', 'shop')
  expect((await first.status()).store.writable).toBe(true)
})

it('a data folder that cannot be written is refused with what to do', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, 'a-file'), '')
  // Permissions do not stop root; that a file stands in the way does.
  const refusal = await refusalOf(
    Collector.start(folder.path, 'systems: []', { data: join(folder.path, 'a-file', 'data') }),
  )
  expect(refusal).toBeInstanceOf(StoreOpenError)
  expect(refusal).toMatchObject({
    code: 'unwritable',
    message: expect.stringMatching(/a-file\/data cannot be written to .*--data/) as string,
  })
})

it('a port that is taken is refused with another one to take, and the folder is free again', async () => {
  await using folder = await temporaryFolder()
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as AddressInfo
  const refusal = await refusalOf(Collector.start(folder.path, 'systems: []', { port }))
  await new Promise((resolve) => holder.close(resolve))
  expect(refusal).toBeInstanceOf(ListenError)
  expect(refusal).toMatchObject({
    code: 'port_taken',
    message: expect.stringMatching(new RegExp(`Port ${port} is taken.*--port \\d+`)) as string,
  })
  await using collector = await Collector.start(folder.path, 'systems: []')
  await until(
    () => collector.status(),
    ({ store }) => store.writable,
  )
})

it('a data folder that is taken away while it is in use is no longer recorded into, and that is said', async () => {
  await using folder = await temporaryFolder()
  await using endpoint = await Endpoint.open(json({ status: 'ok', queue_length: 1 }))
  await using collector = await Collector.start(folder.path, `systems:\n${watched('shop', endpoint.url)}`)
  using viewer = await LiveClient.open(collector.url)
  await collector.all('ok', 'shop')
  const [data, away] = [join(folder.path, 'data'), join(folder.path, 'away')]
  await rename(data, away)
  const { store } = await until(
    () => collector.status(),
    (status) => !status.store.writable,
  )
  expect(store.problem).toMatch(/moved or deleted while it was in use/)
  await viewer.ticks(2)
  expect(viewer.of('tick').at(-1)?.stored).toBe(false)
  expect((await collector.alerts('state=open')).map(({ flag }) => flag)).toEqual(['not-recording'])
  await rename(away, data)
  await until(
    () => collector.status(),
    (status) => status.store.writable,
  )
})

it('a lock file that is damaged is named, since it holds nothing and can go', async () => {
  await using folder = await temporaryFolder()
  const lock = join(folder.path, 'data', 'lock.db')
  await mkdir(dirname(lock))
  await writeFile(lock, 'something else stands here now. '.repeat(100))
  const refusal = await refusalOf(Collector.start(folder.path, 'systems: []'))
  expect(refusal).toMatchObject({
    code: 'io',
    message: expect.stringMatching(/data\/lock\.db.* is damaged: .*delete that file/) as string,
  })
  await rm(lock)
  await using collector = await Collector.start(folder.path, 'systems: []')
  expect((await collector.status()).store.writable).toBe(true)
})
