import type { SourceModule } from '../types.ts'
import { openHost } from './poll.ts'
import { HostOptions } from './schema.ts'

export const host: SourceModule<HostOptions> = {
  kind: 'host',
  title: 'This machine',
  about: 'The machine or container Headroom itself runs in: CPU, memory, disks, network, processes.',
  gives: [
    'cpu.used_percent',
    'load.1m',
    'memory.used_percent',
    'memory.used_bytes',
    'memory.limit_bytes',
    'disk.used_percent',
    'network.in_bytes_per_second',
    'network.out_bytes_per_second',
    'processes.active',
    'uptime.seconds',
  ],
  schema: HostOptions,
  defaults: { everyMs: 5_000, timeoutMs: 5_000, maxSeries: 200, lagMs: 0 },
  describe: () => 'this machine',
  open: (options, context) => openHost(options, context),
}
