import { AskedView } from '@headroom/shared/model/asked.ts'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json } from './support/endpoint.ts'
import { until } from './support/until.ts'

it('says when each source is asked next, how often it failed, and what the configuration corrects, without secrets', async () => {
  await using folder = await temporaryFolder()
  await using endpoint = await Endpoint.open(json({ users: { active_count: 3 } }))
  const map = 'map: { "users.active_count": users.active, "mem.*": { metric: mem.each, unit: MB, label: shard } }'
  const yaml = (token: string): string =>
    `systems:\n${watched('good', endpoint.url, { source: `${map}, ignore: [build, "${token}"]` })}${watched('gone', 'http://127.0.0.1:9/health')}  - { id: box, sources: [{ type: host }] }\n`
  await using collector = await Collector.start(folder.path, yaml('${TOKEN}'), {
    env: { TOKEN: 'tok-9f8e7d6c5b' },
  })
  const asked = async (query = ''): Promise<AskedView[]> =>
    z.array(AskedView).parse(JSON.parse(await collector.text(`/api/v1/asked${query}`)))

  const all = await until(
    () => asked(),
    (views) => (views.find((view) => view.system === 'gone')?.failures ?? 0) >= 4,
  )
  expect(all.map((view) => `${view.system}/${view.source}`)).toEqual(['good/http-json', 'gone/http-json', 'box/host'])
  const [good, gone, box] = all
  expect(good).toMatchObject({
    failures: 0,
    corrections: {
      map: {
        'users.active_count': { metric: 'users.active' },
        'mem.*': { metric: 'mem.each', unit: 'MB', label: 'shard' },
      },
      ignore: ['build', '[secret]'],
    },
  })
  expect(gone?.nextAt ?? 0).toBeGreaterThan(good?.nextAt ?? 0)
  expect(box?.corrections).toBeUndefined()
  expect((await asked('?system=box')).map((view) => view.system)).toEqual(['box'])
})
