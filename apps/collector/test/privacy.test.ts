import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROUTES } from '@headroom/shared/contracts.ts'
import { AnswerView } from '@headroom/shared/model/answer.ts'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json, raw } from './support/endpoint.ts'
import { LiveClient } from './support/live-client.ts'
import { until } from './support/until.ts'

const READS = Object.values(ROUTES)
  .filter(({ method, path }) => method === 'GET' && path !== ROUTES.answers.path)
  .map(({ path }) => path)

/** Everything that anybody can get out of a collector: every reading call, every frame, every log line, every byte kept. */
async function everything(collector: Collector, viewer: LiveClient): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const paths = [
    ...READS,
    '/events?limit=5000',
    '/alerts?state=all',
    '/series?all=1',
    `/systems?at=${Date.now() - 1}`,
    '/nothing',
  ]
  for (const { id } of await collector.systems()) paths.push(`${ROUTES.answers.path}?system=${id}`)
  for (const path of paths) found.set(path, await collector.text(`/api/v1${path}`))
  for (const path of ['/metrics', '/readyz', '/healthz']) found.set(path, await collector.text(path))
  found.set('the frames', viewer.texts.join('\n'))
  found.set('the log', collector.log.join(''))
  const data = join(collector.folder, 'data')
  for (const name of await readdir(data))
    found.set(`the file ${name}`, (await readFile(join(data, name))).toString('latin1'))
  return found
}

async function answerOf(collector: Collector, system: string): Promise<AnswerView> {
  const [answer] = z.array(AnswerView).parse(await collector.json(`/answers?system=${system}`))
  if (answer === undefined) throw new Error(`no answer of ${system} is kept`)
  return answer
}

async function findingsOf(words: readonly string[], collector: Collector, viewer: LiveClient): Promise<string[]> {
  const places = await everything(collector, viewer)
  return [...places].flatMap(([place, text]) =>
    words.filter((word) => text.includes(word)).map((word) => `${word} in ${place}`),
  )
}

it('never gives a token away: not in an answer, a frame, a log line, an event or a byte on disk', async () => {
  const env = {
    BEARER: 'bearer-7f3a91c2',
    QUERY_TOKEN: 'query-55d0e8b1',
    HEADER: 'header-c0ffee42',
    PASSWORD: 'pass-word-9e1',
    LATER: 'later-a1b2c3d4',
  }
  const plain = 'written-in-the-file-5588'
  await using folder = await temporaryFolder()
  // The worst endpoint there is: it says what it was sent.
  await using echo = await Endpoint.open((response, { url, headers }) => {
    const sent = [url, headers.authorization, headers['x-api-key']].map(String)
    json({
      status: 'ok',
      queue_length: 2,
      recommendations: sent,
      workers: [{ name: headers.authorization, busy: 1 }],
      [String(headers['x-api-key'])]: 1,
    })(response, {} as never)
  })
  await using redirecting = await Endpoint.open(
    (response, { url }) => void response.writeHead(302, { location: `https://login.invalid${url}` }).end(),
  )
  await using failing = await Endpoint.open(raw('no', 'text/plain', 500))
  const address = `${echo.url.replace('http://', 'http://admin:${PASSWORD}@')}?token=\${QUERY_TOKEN}&key=${plain}`
  const yaml = (more = ''): string => `systems:
${watched('echo', address, { source: 'bearer: "${BEARER}", headers: { X-Api-Key: "${HEADER}" }, labels: { zone: "${REGION}" }' })}
${watched('redirecting', redirecting.url, { source: 'query: { token: "${QUERY_TOKEN}" }, bearer: "${BEARER}"' })}
${watched('failing', `${failing.url}?token=\${QUERY_TOKEN}`)}
${more}`
  await using collector = await Collector.start(folder.path, yaml(), { env: { ...env, REGION: 'west-1' } })
  using viewer = await LiveClient.open(collector.url)
  await collector.all('ok', 'echo')
  await collector.failing('redirecting', 'redirect')
  await collector.failing('failing', 'http_status')
  expect(echo.requests[0]?.headers.authorization).toBe(`Bearer ${env.BEARER}`)
  expect(echo.requests[0]?.url).toContain(env.QUERY_TOKEN)

  // A file that is refused is quoted in the reasons, so its secrets count too: those of the environment and those in it.
  for (const broken of [
    yaml(`  - { id: x, sources: [{ type: http-json, url: "\${LATER}", evry: 1s, bearer: ${plain} }] }`),
    `${yaml()}\t- bearer: ${plain}`,
  ]) {
    await collector.save(broken)
    await until(
      () => collector.status(),
      ({ config }) => !config.ok,
    )
    await collector.save(yaml())
    await until(
      () => collector.status(),
      ({ config }) => config.ok,
    )
  }
  await viewer.ticks(1)
  const secrets = [...Object.values(env), plain, Buffer.from(`admin:${env.PASSWORD}`).toString('base64')]
  expect(await findingsOf(secrets, collector, viewer)).toEqual([])
  expect((await answerOf(collector, 'echo')).body).toContain('"queue_length": 2')
  expect(await answerOf(collector, 'failing')).toMatchObject({ status: 500, body: 'no' })
  // What came from the environment but is no token by its place may be a label.
  expect((await collector.series('system=echo')).every(({ labels }) => labels['zone'] === 'west-1')).toBe(true)
})

it('never gives a name away: what is listed under people is a number of people', async () => {
  const names = ['Mira Okonkwo', 'mira.okonkwo', 'tomas@example.org', 'Tomas Havel', 'Yusuf', 'Ingrid Dahl', 'anneke_v']
  const [mira, miraId, tomasMail, tomas, yusuf, ingrid, anneke] = names
  await using folder = await temporaryFolder()
  await using workshop = await Endpoint.open(
    json({
      status: 'ok',
      active_users: [mira, tomas, yusuf],
      users: {
        active_count: 3,
        names: [mira, tomas],
        [String(miraId)]: { threads: 2, memory_mb: 80 },
        [String(tomasMail)]: { threads: 1, memory_mb: 60 },
      },
      sessions: [
        { user: yusuf, idle_seconds: 12 },
        { user: { name: ingrid, email: tomasMail }, idle_seconds: 30 },
      ],
      memory_by_user: { [String(anneke)]: 120, [String(yusuf)]: 80 },
      last_login: mira,
      queues: [{ name: 'default', length: 4, owner: ingrid }],
      recommendations: ['Restart in a break.'],
    }),
  )
  await using collector = await Collector.start(folder.path, `systems:\n${watched('workshop', workshop.url)}`)
  using viewer = await LiveClient.open(collector.url)
  await collector.all('ok', 'workshop')
  await viewer.ticks(2)
  expect(await collector.value('workshop', 'users.active')).toBe(3)
  expect(await findingsOf(names, collector, viewer)).toEqual([])
  expect(JSON.parse((await answerOf(collector, 'workshop')).body)).toEqual({
    status: 'ok',
    active_users: '[removed]',
    users: { active_count: 3, names: '[removed]', '[removed]': '2 entries' },
    sessions: '[removed]',
    memory_by_user: { '[removed]': '2 entries' },
    last_login: '[removed]',
    queues: [{ name: 'default', length: 4, owner: '[removed]' }],
    recommendations: ['Restart in a break.'],
  })
  expect((await answerOf(collector, 'workshop')).removed).toBe(13)
  // The search does find what is there.
  expect(await findingsOf(['Restart in a break.'], collector, viewer)).toEqual(
    expect.arrayContaining(['Restart in a break. in /systems', 'Restart in a break. in the frames']),
  )
  expect(
    (await findingsOf(['Restart in a break.'], collector, viewer)).some((found) => found.includes('headroom.db')),
  ).toBe(true)
})
