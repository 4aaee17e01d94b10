import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Api } from './support/api.ts'
import { watched } from './support/collector.ts'
import { Endpoint, json } from './support/endpoint.ts'
import { fullDisks } from './support/full-disk.ts'
import { LiveClient } from './support/live-client.ts'
import { Program } from './support/program.ts'
import { until } from './support/until.ts'

const folder = mkdtempSync(join(tmpdir(), 'headroom-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FLAG = 'flags: [{ id: queue-long, metric: queue.length, above: 40, severity: warning, title: Long queue }]'

/** Waits until it says that it records, or that it does not. */
async function recording(api: Api, writable: boolean): Promise<void> {
  await until(
    () => api.status(),
    ({ store }) => store.writable === writable,
  )
}

describe.each(fullDisks(folder))('a running collector when $name', (disk) => {
  it('goes on without recording, says so everywhere, and records again when it can', async () => {
    const home = join(folder, disk.fill.name + disk.name.length)
    const data = join(home, 'data')
    await mkdir(data, { recursive: true })
    await using shop = await Endpoint.open(json({ status: 'ok', queue_length: 1 }))
    await using neighbour = await Endpoint.open(json({ status: 'ok', queue_length: 1 }))
    await writeFile(
      join(home, 'headroom.yaml'),
      `systems:\n${watched('shop', shop.url, { system: FLAG })}${watched('neighbour', neighbour.url)}`,
    )
    using _disk = disk.mount(data)
    await using program = new Program(['start', '--port', '0'], { cwd: home })
    const api = await program.api()
    using viewer = await LiveClient.open(api.url)
    await api.all('ok', 'shop', 'neighbour')
    await until(
      async () => (await api.samples('shop', 'up')).v.length,
      (samples) => samples >= 2,
    )
    expect(viewer.hello.stored).toBe(true)
    expect(viewer.of('tick').filter(({ stored }) => stored === false)).toEqual([])

    disk.fill(data, program.pid)
    await recording(api, false)
    const fullAt = (await api.status()).now
    expect((await api.status()).store.problem).toMatch(/^Not recording: The (disk is full|store cannot write): /)
    const ready = await fetch(`${api.url}/readyz`)
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('Nothing is recorded') as string])
    expect(await api.text('/metrics')).toContain('\nheadroom_recording 0\n')

    // Values and flags go on, from memory.
    shop.behaviour = json({ status: 'ok', queue_length: 50, arrived_meanwhile_count: 7 })
    const told = await until(
      () => viewer.of('alert').map(({ alert }) => alert),
      (alerts) =>
        ['not-recording', 'queue-long'].every((flag) =>
          alerts.some((alert) => alert.flag === flag && alert.state === 'firing'),
        ),
    )
    expect(told.find(({ flag }) => flag === 'not-recording')).toMatchObject({
      severity: 'critical',
      system: 'headroom',
      title: expect.stringContaining('Not recording') as string,
    })
    await viewer.ticks(4)
    expect(viewer.of('tick').slice(-4)).toMatchObject([
      { stored: false },
      { stored: false },
      { stored: false },
      { stored: false },
    ])
    expect((await api.alerts('state=open')).map(({ flag }) => flag).toSorted()).toEqual(['not-recording', 'queue-long'])
    expect((await api.systems()).map(({ id, state }) => [id, state])).toEqual([
      ['shop', 'warning'],
      ['neighbour', 'ok'],
    ])
    expect(await api.value('shop', 'queue.length')).toBe(50)
    using late = await LiveClient.open(api.url)
    expect(late.hello).toMatchObject({
      stored: false,
      alerts: expect.arrayContaining([expect.objectContaining({ flag: 'not-recording' })]) as unknown,
    })
    expect((await api.samples('shop', 'up')).t.every((at) => at <= fullAt)).toBe(true)
    expect(program.err.split('\n').filter((line) => / error /.test(line)).length).toBeLessThanOrEqual(2)

    const freedAt = (await api.status()).now
    disk.free(data, program.pid)
    await recording(api, true)
    await until(
      () => api.alerts('state=open'),
      (alerts) => alerts.every(({ flag }) => flag === 'queue-long'),
    )
    expect(
      await until(
        () => api.value('shop', 'arrived_meanwhile_count'),
        (value) => value !== null,
      ),
    ).toBe(7)
    await viewer.ticks(2)
    expect(viewer.of('tick').at(-1)?.stored).toBeUndefined()
    expect(program.err).toMatch(/info +recording again gapSeconds=\d+/)

    // What was not recorded is a gap; what was said meanwhile was kept until it could be written.
    const { t } = await api.samples('neighbour', 'up')
    expect(t.filter((at) => at > fullAt && at < freedAt - 1_000)).toEqual([])
    expect(t.at(-1)).toBeGreaterThan(freedAt)
    const alerts = (await api.events('kind=alert')).map((event) =>
      event.kind === 'alert' ? `${event.alert.flag} ${event.alert.state}` : '',
    )
    expect(alerts).toEqual(['not-recording firing', 'queue-long firing', 'not-recording resolved'])
    const [ours] = await api.alerts('state=resolved&system=headroom')
    expect(ours?.title).toMatch(/^Recording again; nothing was recorded for \d+s/)
    expect((await api.status()).store.problem).toBeUndefined()

    // And it is all there after the worst of ends.
    await program.kill()
    await using again = new Program(['start', '--port', '0'], { cwd: home })
    const after = await again.api()
    expect((await after.samples('neighbour', 'up')).t.slice(0, t.length)).toEqual(t)
    // Between the kill and the first answer a slow machine may have nothing to say, which is a flag of its own.
    expect((await after.alerts('state=open')).map(({ flag }) => flag).filter((flag) => flag !== 'no-data')).toEqual([
      'queue-long',
    ])
    await again.kill()
  })
})
