import { expect, test } from 'vitest'
import { hostsOf, refuseAddress, refuseHost } from './forbidden-address.ts'

test.each([
  '169.254.169.254',
  '169.254.0.1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b::169.254.169.254',
  '::a9fe:a9fe',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'fd00:ec2::254',
  '100.100.100.200',
  '192.0.0.192',
  '::ffff:0:a9fe:a9fe',
  '2002:a9fe:a9fe::1',
])('%s is not connected to from the screen', async (address) => {
  expect(refuseAddress(address)).toContain('write the source into headroom.yaml by hand')
  expect(await refuseHost(address.includes(':') ? `[${address}]` : address)).not.toBeNull()
})

test.each([
  '127.0.0.1',
  '::1',
  '10.1.2.3',
  '192.168.1.1',
  '172.16.0.1',
  'fd12::1',
  '93.184.216.34',
  '2606:2800::1',
  '64:ff9b::5db8:d822',
])('%s may be', async (address) => {
  expect(refuseAddress(address)).toBeNull()
  expect(await refuseHost(address)).toBeNull()
})

test('a name is judged by itself, and by what it stands for', async () => {
  for (const name of [
    'metadata.google.internal',
    'METADATA.google.internal.',
    'metadata',
    'instance-data.ec2.internal',
  ])
    expect([name, await refuseHost(name)]).toEqual([name, expect.stringContaining('metadata')])
  expect(await refuseHost('localhost')).toBeNull()
  expect(await refuseHost('nowhere.invalid')).toBeNull()
})

test('the hosts of a source are found wherever its options name them', () => {
  const source = {
    type: 'x',
    url: 'http://a.example:80/health?next=http://not.example',
    servers: ['redis://:p@b.example:6379/0', 'postgres://u:p@[fe80::1]/db'],
    host: 'c.example:5432',
    every: '5s',
    nested: { server: 'https://d.example' },
  }
  expect(hostsOf(source)).toEqual(['a.example', 'b.example', '[fe80::1]', 'c.example', 'd.example'])
})
