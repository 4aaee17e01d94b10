import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newWorld } from '../../cli/testing/world.ts'
import { aws } from './aws.ts'
import { FakeAws } from './testing/fake-aws.ts'

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
    `captions/aws  eu-west-1 at ${new URL(fake.url).host}: database captions-db (4 metrics, about $0.06 a day)`,
    '  ok',
    '  path  metric  value',
    '  database captions-db: DatabaseConnections  db.connections  31',
    '  database captions-db: CPUUtilization  db.cpu_percent  12.5 %  own path',
    '  estimate for 4 metrics of CloudWatch  aws.dollars_per_day  0.0576  own path',
    '',
    'headroom.yaml: 1 system, 1 source, 0 failing',
    '',
  ])
  expect(code).toBe(0)
  expect(out).not.toContain('very-secret-key')
})
