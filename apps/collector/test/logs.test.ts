import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Collector, temporaryFolder } from './support/collector.ts'
import { until } from './support/until.ts'

const system = (preset: string, ...sources: string[]): string =>
  `systems:\n  - { id: tutor, preset: ${preset}, sources: [${sources.join(', ')}] }\n`
const source = (id: string, file: string): string => `{ type: log, id: ${id}, file: "${file}", every: 1s }`

/** Logs in a folder, watched by a collector that has read them. */
async function watched(stack: AsyncDisposableStack): Promise<{ collector: Collector; a: string; b: string }> {
  const folder = stack.use(await temporaryFolder())
  const [a, b] = [join(folder.path, 'a.log'), join(folder.path, 'b.log')]
  await writeFile(a, '')
  await writeFile(b, '')
  const yaml = system('fastapi-on-render', source('a', a), source('b', b))
  const collector = stack.use(await Collector.start(folder.path, yaml))
  await until(
    () => collector.series('system=tutor'),
    (series) =>
      ['a', 'b'].every((id) => series.some((one) => one.source === id && one.labels['pattern'] === 'memory-error')),
  )
  return { collector, a, b }
}

const firing = (collector: Collector, flag: string): Promise<unknown> =>
  until(
    () => collector.alerts('state=open'),
    (alerts) => alerts.some((alert) => alert.flag === flag && alert.state === 'firing'),
  )

describe('logs of a system', () => {
  it('raise the flag of the preset, whichever of them it is, with the line as evidence and no secret in it', async () => {
    await using stack = new AsyncDisposableStack()
    const { collector, a, b } = await watched(stack)
    await appendFile(b, 'MemoryError while asking https://api.example.com/?api_key=hunter2hunter2\n')
    await firing(collector, 'log-memory-error')
    await appendFile(a, '[CRITICAL] WORKER TIMEOUT (pid:7)\n[INFO] Booting worker with pid: 8\n')
    await firing(collector, 'log-worker-timeout')
    const events = await until(
      () => collector.events('kind=log&system=tutor'),
      (all) => all.length >= 3,
    )
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          source: 'b',
          level: 'warning',
          pattern: 'memory-error',
          text: 'memory-error: MemoryError while asking https://api.example.com/?api_key=[secret]',
        }),
        expect.objectContaining({ source: 'a', level: 'info', pattern: 'booting-worker' }),
      ]),
    )
    expect(JSON.stringify(events)).not.toContain('hunter2')
    expect((await collector.system('tutor')).state).toBe('critical')
  })

  it('are looked through anew when the system gets another preset', async () => {
    await using stack = new AsyncDisposableStack()
    const { collector, a } = await watched(stack)
    await collector.save(system('webui-and-rq-on-openshift', source('a', a)))
    await until(
      () => collector.series('system=tutor'),
      (series) => series.some((one) => one.labels['pattern'] === 'too-many-connections' && one.value === 0),
    )
    await appendFile(a, 'FATAL: sorry, too many clients already\n')
    await firing(collector, 'too-many-connections')
  })

  it('in a form that is wrong are refused with the place and the reason', async () => {
    await using stack = new AsyncDisposableStack()
    const { collector, a } = await watched(stack)
    const wrong = `{ type: log, file: "${a}", patterns: { mine: "(a" } }`
    await collector.save(system('fastapi-on-render', wrong))
    const said = await until(
      () => collector.status(),
      (status) => !status.config.ok,
    )
    expect(said.config.error).toContain('sources[0].patterns.mine')
    expect(said.config.error).toContain('has a ( without its )')
    await collector.save(system('fastapi-on-render', `{ type: log, file: "${a}", syslog: 6514 }`))
    await until(
      () => collector.status(),
      (status) => status.config.error?.includes('exactly one of file, command') === true,
    )
  })
})
