import type { SourceField, SourceKindView, SourceOption } from '@headroom/shared/model/source-kind.ts'

type Shape = SourceField['shape']

const field = (name: string, shape: Shape, about: string, more: Partial<SourceField> = {}): SourceField => ({
  name,
  shape,
  about,
  required: false,
  secret: false,
  folded: false,
  reach: 'tried',
  orOne: false,
  ...more,
})
const needed = { required: true }
const secret = { secret: true }
const folded = { folded: true }

const common = (kind: string, every: string): SourceOption[] => [
  field('id', 'text', 'The name of this source in its system; by default its type. Needed where a type repeats.', {
    ...folded,
    default: kind,
  }),
  field('every', 'text', 'How often it is asked, at least 1s.', { ...folded, default: every }),
  field('timeout', 'text', 'How long an answer may take.', { ...folded, default: '5s' }),
  field('maxSeries', 'number', 'How many series it may bring; what is left out is counted and shown.', {
    ...folded,
    default: 200,
  }),
  field('labels', 'pairs', 'Labels added to every series of this source.', folded),
]
const request: SourceOption[] = [
  field('map', 'pairs', 'What a path is, where that is not seen by itself; * stands for any key.', folded),
  field('ignore', 'list', 'Paths that are left out.', folded),
  field('headers', 'pairs', 'Sent with every question, never shown.', { ...folded, ...secret }),
  field('bearer', 'text', 'A token, sent as Authorization: Bearer.', secret),
  field('insecure', 'switch', 'Takes any certificate. Logged as a warning.', { ...folded, default: false }),
]

const kind = (
  name: string,
  title: string,
  about: string,
  options: SourceOption[],
  more: Partial<SourceKindView> = {},
): SourceKindView => ({
  kind: name,
  title,
  about,
  gives: ['up', 'probe.seconds'],
  givesWhatItHolds: false,
  pushed: false,
  paths: [],
  options: [...options, ...common(name, '5s')],
  ...more,
})
const gives = (...metrics: string[]): Pick<SourceKindView, 'gives'> => ({ gives: ['up', 'probe.seconds', ...metrics] })

/** Kinds of source as a collector lists them: every shape an option may have, and every way of being fed. */
export const KINDS: SourceKindView[] = [
  kind(
    'http-json',
    'JSON endpoint',
    'A health or stats address that answers JSON, of any shape.',
    [
      field('url', 'text', 'The address that answers with JSON.', {
        ...needed,
        example: 'https://app.example.com/health',
      }),
      ...request,
    ],
    { givesWhatItHolds: true },
  ),
  kind(
    'host',
    'This machine',
    'The machine or container Headroom itself runs in: CPU, memory, disks, network, processes.',
    [
      field('disks', 'list', 'Mount points; without it, the disks this machine has.'),
      field('processes', 'number', 'How many of the busiest processes are listed; 0 lists none.', { default: 5 }),
    ],
    gives('cpu.used_percent', 'memory.used_percent', 'disk.used_percent', 'load.1m'),
  ),
  kind(
    'redis',
    'Redis and job queues',
    'A Redis or Valkey server, and the RQ, Celery or BullMQ queues in it.',
    [
      field('url', 'text', 'redis://, rediss:// (TLS) or unix://, with user, password and number of the database.', {
        ...needed,
        example: 'redis://127.0.0.1:6379/0',
      }),
      field('password', 'text', 'Instead of the password in the address: written as it is.', secret),
      field('queues', 'choice', 'Which job queues live here; auto looks for them.', {
        choices: ['auto', 'rq', 'celery', 'bullmq', 'none'],
        default: 'auto',
      }),
    ],
    gives('queue.length', 'queue.oldest_seconds', 'workers.total', 'jobs.failed_per_minute', 'redis.clients'),
  ),
  kind(
    'otlp',
    'OpenTelemetry',
    'Takes metrics that are pushed in OTLP over HTTP: by an SDK, a collector, or Render.',
    [
      field('token', 'text', 'What senders give as Authorization: Bearer.', secret),
      field('match', 'pairs', 'Which resources belong to this system: each attribute must be so, or one of a list.'),
    ],
    {
      givesWhatItHolds: true,
      pushed: true,
      paths: ['/v1/metrics', '/'],
      sender: 'Set `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT` to this address, and give the token as a bearer.',
    },
  ),
  kind(
    'render',
    'Render',
    'Services, databases and key value stores at Render.',
    [
      field('apiKey', 'text', 'A key of the account.', { ...needed, ...secret }),
      field('service', 'list', 'The id of a service, or several.', { orOne: true, example: 'srv-abc123' }),
      field('events', 'switch', 'Deploys and restarts as notes on the time axis.', { default: true }),
    ],
    gives('cpu.used_percent', 'memory.used_percent', 'memory.used_bytes', 'instances.count', 'responses.per_minute'),
  ),
  kind(
    'log',
    'Log lines',
    'Counts the lines that the documents name, and keeps them as evidence.',
    [
      field('file', 'text', 'The file that is followed, through rotation.', { reach: 'lines' }),
      field('command', 'list', 'A program whose output is followed.', { reach: 'file' }),
      {
        ...field('render', 'other', 'The log of services at Render.'),
        shape: 'group',
        options: [field('owner', 'text', 'The owner.', needed), field('apiKey', 'text', 'A key.', secret)],
      },
      field('patterns', 'pairs', 'Adds to the patterns of the preset.'),
    ],
    { ...gives('log.matches_per_minute'), pushed: true },
  ),
]
