import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Frames } from '@headroom/shared/contracts.ts'
import { SystemWritten, Trial } from '@headroom/shared/model/trial.ts'
import { expect, it } from 'vitest'
import { temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json } from './support/endpoint.ts'
import { LiveClient } from './support/live-client.ts'
import { Program } from './support/program.ts'
import { until } from './support/until.ts'

const HEALTH = { status: 'ok', active_sessions: 5, memory_percent: 30 }

async function post(url: string, path: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
}

it('what is tried and written in the demo takes over: same address, ordinary data, no restart by hand', async () => {
  await using folder = await temporaryFolder()
  await using shop = await Endpoint.open(json(HEALTH))
  await using program = new Program(['start', '--port', '0'], { cwd: folder.path })
  const api = await program.api()
  expect(await api.status()).toMatchObject({ demo: true, config: { ok: true, file: null, problems: [] } })
  using viewer = await LiveClient.open(api.url)
  const { stream, seq } = Frames.parse(await api.json('/frames'))
  const waiting = api.json(`/frames?stream=${stream}&after=${seq + 1_000_000}&wait=25000`)
  expect(Frames.parse(await waiting).frames).toMatchObject([{ kind: 'hello' }])

  const file = join(folder.path, 'headroom.yaml')
  const trial = Trial.parse(await post(api.url, '/try', { url: shop.url }))
  expect(trial.file).toEqual({ path: file, exists: false, writable: true })
  expect(trial.lines.startsWith('systems:\n')).toBe(true)

  // With a token it is not written: that belongs in the environment, and is not there.
  const secret = 'a-token-nobody-sees-1'
  const kept = await post(api.url, '/config/systems', { url: `${shop.url}?token=${secret}`, id: 'shop', name: 'Shop' })
  expect(SystemWritten.parse(kept)).toMatchObject({
    written: false,
    secrets: ['SHOP_TOKEN'],
    why: expect.stringContaining('SHOP_TOKEN') as string,
    lines: expect.stringContaining('"${SHOP_TOKEN}"') as string,
  })
  const crafty = { type: 'http-json', url: shop.url, bearer: '${PATH}' }
  expect(await post(api.url, '/config/systems', { source: crafty, id: 'shop', name: 'Shop' })).toMatchObject({
    written: false,
    lines: expect.stringContaining('${PATH}') as string,
  })
  await expect(access(file)).rejects.toThrow('ENOENT')

  const system = { url: shop.url, id: 'shop', name: 'My shop', preset: 'workshop-on-render' }
  const written = SystemWritten.parse(await post(api.url, '/config/systems', system))
  expect(written).toMatchObject({ path: file, written: true })
  const text = await readFile(file, 'utf8')
  expect(text).toContain(written.lines.replace('systems:\n', '').trimEnd())
  expect(text).not.toContain(secret)

  // The open page is told why, and finds the new one under the same address.
  await until(
    () => viewer.of('bye'),
    (byes) => byes.length > 0,
  )
  expect(viewer.of('bye')).toMatchObject([{ reason: expect.stringContaining('the demo ends') as string }])
  await until(
    () => api.status().catch(() => null),
    (status) => status?.demo === false,
  )
  await api.all('ok', 'shop')
  expect(await api.status()).toMatchObject({ systems: 1, config: { ok: true, file }, sources: { ok: 1 } })
  expect(await api.systems()).toMatchObject([{ id: 'shop', name: 'My shop', presets: ['workshop-on-render'] }])
  using again = await LiveClient.open(api.url)
  await again.ticks(1)
  await access(join(folder.path, 'data', 'headroom.db'))
  expect(await api.alerts()).toEqual([])

  // A second system is for whoever owns the file.
  expect(await post(api.url, '/config/systems', { url: shop.url, id: 'other', name: 'Other' })).toMatchObject({
    written: false,
    why: expect.stringContaining('is there already') as string,
    lines: expect.not.stringContaining('systems:') as string,
  })
  program.child.kill('SIGINT')
  expect(await program.code()).toBe(0)
  expect(program.leftBehind).toBe(false)
  expect(program.err.split('\n').filter((line) => / error /.test(line))).toEqual([])
})

it('a headroom.yaml that somebody puts there takes over too, once it can be used', async () => {
  await using folder = await temporaryFolder()
  await using shop = await Endpoint.open(json(HEALTH))
  await using program = new Program(['start', '--port', '0'], { cwd: folder.path })
  const api = await program.api()
  const file = join(folder.path, 'headroom.yaml')
  await writeFile(file, 'systems:\n\t- id: shop\n')
  await until(
    () => program.err,
    (said) => said.includes('the demo goes on'),
  )
  expect(program.err).toContain('headroom.yaml:2:1')
  expect((await api.status()).demo).toBe(true)
  await writeFile(file, `systems:\n${watched('shop', shop.url)}`)
  await until(
    () => api.status().catch(() => null),
    (status) => status?.demo === false,
  )
  await api.all('ok', 'shop')
  program.child.kill('SIGTERM')
  expect(await program.code()).toBe(0)
})

it('a demo that was asked for by name stays one beside a file that is there', async () => {
  await using folder = await temporaryFolder()
  await using shop = await Endpoint.open(json(HEALTH))
  const file = join(folder.path, 'headroom.yaml')
  await writeFile(file, 'systems: []')
  await using program = new Program(['start', '--demo', '--port', '0'], { cwd: folder.path })
  const api = await program.api()
  expect(await post(api.url, '/config/systems', { url: shop.url, id: 'shop', name: 'Shop' })).toMatchObject({
    written: false,
    path: file,
    lines: expect.stringMatching(/^systems:\n/) as string,
  })
  expect(await readFile(file, 'utf8')).toBe('systems: []')
  expect((await api.status()).demo).toBe(true)
})
