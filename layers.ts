/**
 * Who may import whom, as data. `scripts/layers.ts` judges every import by it and writes the tables of ARCHITECTURE.md
 * from it. Paths are globs from the root; a file belongs to the first layer that matches it, and may always import its
 * own: what lies under the same folder where the layer's glob has its double star.
 */
export interface Layer {
  readonly name: string
  readonly files: readonly string[]
  /** What it may import: names of layers, or globs. */
  readonly may: readonly string[]
  /** The reason, shown with every violation. */
  readonly why: string
}

/** A package that only one place may know, so that it can be replaced there. */
export interface Owner {
  readonly package: string
  readonly only: readonly string[]
  readonly why: string
}

const collector = 'apps/collector/src'
const web = 'apps/web/src'

/** What every part of the collector stands on; the larger parts also know each other by their ports. */
const ground = ['shared', 'lib', 'telemetry']
const ports = [...ground, 'ports']

export const layers: readonly Layer[] = [
  {
    name: 'shared',
    files: ['packages/shared/src/**'],
    may: [],
    why: 'it runs in the collector and in the browser alike: pure functions and zod',
  },

  {
    name: 'lib',
    files: [`${collector}/lib/**`],
    may: [],
    why: 'everything stands on it',
  },
  {
    name: 'telemetry',
    files: [`${collector}/telemetry/**`],
    may: ['lib'],
    why: 'everything logs through it',
  },
  {
    name: 'cli',
    files: [`${collector}/cli/**`],
    may: [...ports, 'config', 'discovery', 'collector'],
    why: 'a command asks for what it needs; what runs is put together in app.ts',
  },
  {
    name: 'ports',
    files: [`${collector}/*/types.ts`],
    may: ports,
    why: 'a port is what a part promises; it names nothing of how the promise is kept',
  },
  {
    name: 'the table of sources',
    files: [`${collector}/sources/*.ts`],
    may: [...ports, `${collector}/sources/**`],
    why: 'it is the one place that names every kind',
  },
  {
    name: 'http-client',
    files: [`${collector}/sources/http-client/**`],
    may: [...ground, `${collector}/sources/types.ts`],
    why: 'it serves every source that speaks HTTP and knows none of them',
  },
  {
    name: 'measures',
    files: [`${collector}/sources/measures/**`],
    may: [...ground, `${collector}/sources/types.ts`],
    why: 'it knows how series are named, and serves every source that is given named series',
  },
  {
    name: 'a source',
    files: [`${collector}/sources/*/**`],
    may: [...ground, 'http-client', 'measures', `${collector}/sources/types.ts`],
    why: 'a kind is deleted or added as a folder and a line, so no kind knows another',
  },
  {
    name: 'notify and its table of channels',
    files: [`${collector}/notify/*.ts`],
    may: [...ports, `${collector}/notify/**`],
    why: 'it is the one place that names every channel',
  },
  {
    name: 'a channel',
    files: [`${collector}/notify/channels/*/**`],
    may: [...ground, `${collector}/notify/*.ts`],
    why: 'a channel is deleted or added as a folder and a line, so no channel knows another',
  },
  {
    name: 'config',
    files: [`${collector}/config/**`],
    may: ports,
    why: 'it is read before anything runs; kinds and presets reach it as data, through app.ts',
  },
  {
    name: 'discovery',
    files: [`${collector}/discovery/**`],
    may: [...ports, 'config'],
    why: 'finding out what an address is serves `init` and the screen alike; it asks sources by the table it is given',
  },
  {
    name: 'http',
    files: [`${collector}/http/**`],
    may: ports,
    why: 'routes speak to ports, so that no route depends on how something is done',
  },
  {
    name: 'scrape, pipeline, store, alerts, live, recordings, presets',
    files: [`${collector}/{scrape,pipeline,store,alerts,live,recordings,presets}/**`],
    may: ports,
    why: "each can be replaced behind its port; another's insides would tie the two together",
  },
  {
    name: 'collector',
    files: [`${collector}/*.ts`],
    may: [`${collector}/**`, 'shared'],
    why: 'the composition: wiring is plain code that sees everything',
  },

  {
    name: 'ui',
    files: [`${web}/ui/**`],
    may: ['shared'],
    why: 'parts without domain words know neither data nor features',
  },
  {
    name: 'data',
    files: [`${web}/data/**`],
    may: ['shared'],
    why: 'what a screen knows must not depend on how it looks',
  },
  {
    name: 'charts',
    files: [`${web}/charts/**`],
    may: ['shared', 'ui'],
    why: 'a chart is given its series; it fetches nothing',
  },
  {
    name: 'a feature',
    files: [`${web}/features/*/**`],
    may: ['shared', 'data', 'charts', 'ui'],
    why: 'a feature is one job a person does; what two need moves down to data, charts or ui',
  },
  {
    name: 'web',
    files: [`${web}/app/**`, `${web}/*.{ts,tsx}`],
    may: [`${web}/**`, 'shared'],
    why: 'router and shell put the features together',
  },

  {
    name: 'demo',
    files: ['apps/demo/src/**'],
    may: [],
    why: "it stands for somebody else's service, so it shares nothing with Headroom",
  },
]

/** Tests, and what only they and developers run: they may import all of their own package, and nothing may import them. */
export const tests: readonly string[] = [
  '**/*.test.{ts,tsx}',
  '**/testing/**',
  'apps/*/{test,dev}/**',
  `${collector}/lib/fake-clock.ts`,
  `${collector}/store/contract.ts`,
  `${collector}/store/contract/**`,
]

export const owners: readonly Owner[] = [
  {
    package: 'recharts',
    only: [`${web}/charts/**`],
    why: 'charts have one look, one budget and one library to replace',
  },
  {
    package: 'express',
    only: [`${collector}/http/**`, 'apps/demo/src/**'],
    why: 'routes are data; the server is one adapter',
  },
  {
    package: 'ws',
    only: [`${collector}/live/**`, `${collector}/sources/log/render/**`],
    why: 'the hub speaks WebSocket to the screens, and Render says its logs that way',
  },
  { package: 'undici', only: [`${collector}/sources/http-client/**`], why: 'one pool of connections per origin' },
  { package: 'pbf', only: [`${collector}/sources/otlp/**`, 'bench/otlp.ts'], why: 'OTLP alone comes in protobuf' },
  { package: 'systeminformation', only: [`${collector}/sources/host/**`], why: 'it runs programs to find things out' },
  { package: 'pg', only: [`${collector}/sources/postgres/**`], why: 'nothing else may assume PostgreSQL' },
  ...['client-auto-scaling', 'client-cloudwatch', 'client-ecs', 'credential-provider-node'].map((name) => ({
    package: `@aws-sdk/${name}`,
    only: [`${collector}/sources/aws/**`],
    why: 'nothing else may assume AWS',
  })),
  {
    package: '@aws-sdk/client-cloudwatch-logs',
    only: [`${collector}/sources/log/cloudwatch/**`],
    why: 'it is large, and loaded where it is asked for',
  },
  { package: 'node:sqlite', only: [`${collector}/store/**`], why: 'nothing else may assume SQLite' },
  {
    package: 'yaml',
    only: [`${collector}/{config,cli,presets}/**`, `${collector}/sources/kubernetes/**`],
    why: 'inside, configuration is a frozen object that a schema has parsed; a kubeconfig is YAML too',
  },
]
