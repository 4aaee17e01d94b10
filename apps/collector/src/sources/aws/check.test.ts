import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { newWorld } from '../../cli/testing/world.ts'
import { codeIn } from '../testing/document.ts'
import { serve } from '../testing/serve.ts'
import { aws } from './aws.ts'
import { FakeAws } from './testing/fake-aws.ts'
import { fillAccount } from './testing/fill-account.ts'

it('`check` shows what was found, where it was read, and what it costs, and no secret', async () => {
  await using fake = await FakeAws.start({ secretAccessKey: 'very-secret-key' })
  await using world = await newWorld({ aws })
  // The command has the clock of the machine: the minute that ended last.
  const minute = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
  fake.world.put(['AWS/RDS', 'DatabaseConnections', 'Average'], { DBInstanceIdentifier: 'captions-db' }, minute, [31])
  fake.world.put(['AWS/RDS', 'CPUUtilization', 'Average'], { DBInstanceIdentifier: 'captions-db' }, minute, [12.5])
  await writeFile(
    join(world.folder, 'headroom.yaml'),
    `systems: [{ id: captions, preset: gunicorn-on-ec2, sources: [{ type: aws, region: eu-west-1, db: captions-db, endpoint: "${fake.url}", accessKeyId: AKIAFAKE, secretAccessKey: "\${KEY}" }] }]`,
  )
  const { code, out, err } = await world.run(['check'], { KEY: 'very-secret-key' })
  expect(err).toBe('')
  expect(out.split('\n').map((line) => line.trimEnd().replaceAll(/ {2,}/g, '  '))).toEqual([
    '  what  metric  value',
    `captions/aws  ok  eu-west-1 at ${new URL(fake.url).host}: database captions-db (4 metrics, about $0.06 a day)`,
    '  database captions-db: DatabaseConnections  db.connections  31',
    '  " CPUUtilization  db.cpu_percent *  12.5 %',
    '  estimate for 4 metrics of CloudWatch  aws.dollars_per_day *  0.0576',
    '',
    '* kept under a name of its own',
    '',
    'headroom.yaml: 1 system, 1 source, 0 failing',
    '',
  ])
  expect(code).toBe(0)
  expect(out).not.toContain('very-secret-key')
})

/** What the agent tells a container of its task. */
const TASK: Readonly<Record<string, unknown>> = {
  '/': { DockerId: 'a' },
  '/task': {
    Family: 'ide',
    Limits: { CPU: 1, Memory: 4_096 },
    Containers: [{ DockerId: 'a', KnownStatus: 'RUNNING' }],
  },
  '/task/stats': { a: { memory_stats: { usage: 2 ** 31, stats: {} } } },
}

it('the example of the documentation, as it stands, finds all that it watches', async () => {
  await using fake = await FakeAws.start()
  await using agent = await serve((request, response) => response.end(JSON.stringify(TASK[request.url ?? ''])))
  await using world = await newWorld({ aws })
  onTestFinished(() => void vi.unstubAllEnvs())
  fillAccount(fake.world, Date.now())
  // As on a machine of the account: AWS itself is reached elsewhere, and a profile has the credentials.
  vi.stubEnv('AWS_ENDPOINT_URL', fake.url)
  vi.stubEnv('AWS_CONFIG_FILE', join(world.folder, 'config'))
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(world.folder, 'credentials'))
  vi.stubEnv('ECS_CONTAINER_METADATA_URI_V4', agent.url)
  const keys = 'aws_access_key_id = AKIAFAKE\naws_secret_access_key = fake-secret-key\n'
  await writeFile(join(world.folder, 'credentials'), `[default]\n${keys}[ops]\n${keys}`)
  const [yaml = ''] = await codeIn('aws.md', 'yaml')
  await writeFile(join(world.folder, 'headroom.yaml'), yaml)
  const { code, out, err } = await world.run(['check'])
  expect([code, err, out]).toEqual([0, '', expect.stringContaining('3 systems, 3 sources, 0 failing')])
  for (const metric of ['instances.count', 'memory.limit_bytes', 'uptime.seconds', 'hosts.healthy', 'redis.clients'])
    expect(out).toContain(` ${metric}`)
})
