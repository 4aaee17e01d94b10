import type { SourceModule } from '../types.ts'
import { openHost } from './poll.ts'
import { HostOptions } from './schema.ts'

export const host: SourceModule<HostOptions> = {
  kind: 'host',
  title: 'This machine',
  about: 'The machine or container Headroom itself runs in: CPU, memory, disks, network, processes.',
  schema: HostOptions,
  defaults: { everyMs: 5_000, timeoutMs: 5_000, maxSeries: 200, lagMs: 0 },
  describe: () => 'this machine',
  open: (options, context) => openHost(options, context),
}
