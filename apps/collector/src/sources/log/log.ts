import type { PushSource, SourceModule } from '../types.ts'
import { redactLine } from './lines/redact-line.ts'
import { LogOptions } from './schema.ts'

export const log: SourceModule<LogOptions, PushSource> = {
  kind: 'log',
  title: 'Log',
  about: 'Counts lines of a log that mean something: in a file, of a command, from Render, syslog or CloudWatch.',
  gives: ['log.good_signs_per_minute', 'restarts.per_minute', 'log.lines_per_minute', 'log.matches_per_minute'],
  sender:
    'Only for `syslog`: send RFC 5424 over TCP to the port given there, with TLS where a certificate is given. On Render that is a log stream to this host and port. A file, a command and CloudWatch need nothing set.',
  schema: LogOptions,
  // CloudWatch shows a line a while after it was written; all others at once.
  defaults: { everyMs: 5_000, timeoutMs: 10_000, maxSeries: 200, lagMs: 0 },
  describe: place,
  open: (options, context) => later(async () => (await import('./open-log-source.ts')).openLogSource(options, context)),
  pushed: true,
  guided: true,
}

function place({ file, command, render, syslog, cloudwatch }: LogOptions): string {
  if (file !== undefined) return file
  if (command !== undefined) return redactLine(command.join(' '))
  if (render !== undefined) return `Render, logs of ${render.service.join(', ')}`
  if (syslog !== undefined) return `syslog on ${syslog.host}:${syslog.port}${syslog.tls === undefined ? '' : ' (TLS)'}`
  return `CloudWatch Logs, ${cloudwatch?.group ?? ''}`
}

/** A source whose code is loaded when it is opened: who watches no log does not pay for it. */
function later(load: () => Promise<PushSource & { poll: NonNullable<PushSource['poll']> }>): PushSource {
  let opened: ReturnType<typeof load> | undefined
  let closed = false
  return {
    listen(outlet) {
      // What cannot be opened says so when it is asked.
      void (opened ??= load()).then((source) => (closed ? undefined : source.listen(outlet))).catch(() => undefined)
    },
    poll: async (signal) => (await (opened ??= load())).poll(signal),
    async [Symbol.asyncDispose]() {
      closed = true
      await (await opened?.catch(() => undefined))?.[Symbol.asyncDispose]()
    },
  }
}
