import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StartOptions } from './cli/types.ts'
import { configJsonSchema } from './config/json-schema.ts'
import { type LoadInput, loadConfig } from './config/load.ts'
import { formatProblem } from './config/problem.ts'
import { presetViews } from './config/preset-views.ts'
import { sourceKinds } from './config/source-kinds.ts'
import { watchConfig } from './config/watch.ts'
import { createAsked } from './asked.ts'
import { type Core, openCore, snapshotOf } from './core.ts'
import { startDemoWorkshop } from './demo.ts'
import { authorize, identifyLocal, refuseBeyondLoopback } from './http/access.ts'
import { createPageEntry } from './http/page-entry.ts'
import { createHttp } from './http/server.ts'
import { type Clock, systemClock } from './lib/clock.ts'
import { createHub } from './live/hub.ts'
import type { LiveHub } from './live/types.ts'
import { applyChange, LiveConfig } from './live-config.ts'
import { createWrites } from './notes.ts'
import { loadPresets } from './presets/load.ts'
import { openMemories } from './memories.ts'
import { createReads } from './reads.ts'
import { receivers } from './receivers.ts'
import { keepRetention } from './retention.ts'
import { createScraper } from './scrape/scraper.ts'
import { SOURCES } from './sources/index.ts'
import { readDemoConfig, readFirstConfig, StartError } from './start-config.ts'
import { createSelfReport } from './status.ts'
import { lockFolder } from './store/lock-folder.ts'
import { openSqliteStore } from './store/sqlite/open-store.ts'
import type { Store } from './store/types.ts'
import { createCpuMeter } from './telemetry/cpu-meter.ts'
import { freeBytes } from './telemetry/free-bytes.ts'
import type { Logger } from './telemetry/logger.ts'
import { Percentile } from './telemetry/percentile.ts'
import { createLogger } from './telemetry/stream-logger.ts'
import { awaitConfig } from './succession.ts'
import { scrapeTargets } from './targets.ts'
import { createTrials } from './trials.ts'
import { VERSION } from './version.ts'

const ACCESS_LATER =
  'The access section has no effect in this version yet, so only this machine may be listened on: leave --host and HEADROOM_HOST out. ' +
  'From elsewhere, reach it through SSH: ssh -L 4600:127.0.0.1:4600 THIS-MACHINE'

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url))

export type AppOptions = Omit<StartOptions, 'file' | 'ownData'> & {
  /** Where headroom.yaml would be; by default in the working directory. */
  file?: string
  /** The demo's time is over: a configuration that can be used has appeared. Open pages have been told. */
  superseded?: () => void
  /** The environment, for `${NAME}` in the configuration. */
  lookup: (name: string) => string | undefined
  /** Where log lines go. */
  write: (line: string) => void
  clock?: Clock
  /** The address of a workshop that runs already; without it the demo starts one. */
  workshopUrl?: string
}

/** A running collector. Disposing ends everything it started, in reverse. */
export type App = AsyncDisposable & { readonly url: string }

/** Starts the collector; rejects with an error that says what to do where that is not possible. */
export async function startApp(options: AppOptions): Promise<App> {
  const { clock = systemClock, data } = options
  await using stack = new AsyncDisposableStack()
  const input: LoadInput = { lookup: options.lookup, sources: SOURCES, presets: loadPresets() }
  stack.use(lockFolder(data))
  const { config, text, log } = await firstConfig(options, input, clock, stack)
  const refusal = refuseBeyondLoopback(options.host, false)
  if (refusal !== null) throw new StartError(config.current.config.access === undefined ? refusal : ACCESS_LATER)
  const store = stack.use(await openSqliteStore({ folder: data, clock, log }))
  const holder: { core?: Core } = {}
  const hub = stack.use(createHub({ clock, log, snapshot: () => snapshotOf(theCore(holder), clock.now()) }))
  const memories = stack.use(await openMemories(data, { clock, log }))
  const core = await openCore({ store, config, bus: hub, clock, log })
  holder.core = core
  stack.use(core.pipeline)
  const clockJumped = (ms: number): void => {
    core.pipeline.clockJumped(ms)
    // Open pages hold values of an hour that is still to come; greeted anew they begin from the state of now.
    if (ms < 0) hub.end(() => true, 'the clock of the collector was set back')
  }
  const file = options.config ?? options.file ?? resolve('headroom.yaml')
  const lateness = new Percentile()
  const scraper = stack.use(
    createScraper({
      clock,
      log,
      onReading: core.take,
      onClockJump: clockJumped,
      onStart: (lateMs) => lateness.add(lateMs),
      isBehind: () => core.pipeline.behind,
    }),
  )
  const self = createSelfReport({
    ...core,
    store,
    config,
    clock,
    startedAt: clock.now(),
    viewers: () => hub.viewers(),
    cost: createCpuMeter(clock),
    lateness,
    freeBytes: () => freeBytes(data),
    page: createPageEntry(WEB_ROOT, () => clock.monotonic()),
  })
  const http = stack.use(
    await createHttp({
      host: options.host,
      port: options.port,
      identify: identifyLocal,
      authorize,
      live: hub,
      clock,
      log,
      version: VERSION,
      webRoot: WEB_ROOT,
      reads: createReads({
        ...core,
        store,
        clock,
        status: self.status,
        loaded: () => config.current,
        asked: createAsked(scraper, config),
      }),
      writes: createWrites(core.pipeline, core.world, clock),
      receivers: receivers(SOURCES, scraper),
      trials: createTrials({ input, config, file, clock, log }),
      kinds: { sourceKinds: () => sourceKinds(SOURCES), presets: () => presetViews(input.presets) },
      configSchema: () => configJsonSchema({ sources: SOURCES, presets: [...input.presets.keys()] }),
      readiness: self.readiness,
      selfMetrics: self.metrics,
    }),
  )
  // Who is connected is told before the server stops listening, or whoever waits for frames would hold it up.
  stack.defer(() => hub.close('the collector is shutting down'))
  let asked: ReadonlySet<string> = new Set()
  const replaceSources = async (): Promise<void> => {
    const { config: wanted, compiled } = config.current
    const targets = scrapeTargets(wanted.systems, compiled.guides, SOURCES, { clock, log, memories })
    await scraper.replace(targets)
    // The last answer to another question may hold a token of then, which nobody knows to take out any more.
    for (const { key, system, source } of targets) if (!asked.has(key)) core.readings.forgetAnswer(system, source)
    asked = new Set(targets.map(({ key }) => key))
  }
  await replaceSources()
  if (options.config !== null)
    stack.use(follow(options.config, text, { input, config, core, clock, log, replaceSources }))
  else if (options.superseded !== undefined && !existsSync(file))
    stack.use(awaitConfig(file, { input, clock, log, found: supersede(hub, options.superseded) }))
  stack.use(retention(store, config, clock, log))
  const parts = stack.move()
  return { url: http.url, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}

function supersede(hub: LiveHub, superseded: () => void): () => void {
  return () => {
    hub.close('a configuration was written: the demo ends, and what it names is watched')
    superseded()
  }
}

type FirstConfig = { config: LiveConfig; text: string; log: Logger }

/** The configuration to begin with, and the logger that knows its secrets. The demo's workshop is started for it. */
async function firstConfig(
  options: AppOptions,
  input: LoadInput,
  clock: Clock,
  stack: AsyncDisposableStack,
): Promise<FirstConfig> {
  const secrets: { config?: LiveConfig } = {}
  const redact = (text: string): string => secrets.config?.current.secrets.redact(text) ?? text
  const log = createLogger({ clock, write: options.write, redact })
  const { loaded, text } =
    options.config === null
      ? { loaded: readDemoConfig(options.workshopUrl ?? stack.use(await startDemoWorkshop(log)).url, input), text: '' }
      : await readFirstConfig(options.config, input)
  const config = new LiveConfig(loaded, options.config, options.demo, clock.now())
  secrets.config = config
  for (const warning of loaded.warnings) log.log('warn', formatProblem(options.config ?? 'demo', warning))
  return { config, text, log }
}

/** The hub greets from the core, and the core publishes to the hub; nobody can be greeted before both are there. */
function theCore(holder: { core?: Core }): Core {
  if (holder.core === undefined) throw new Error('the collector is still starting')
  return holder.core
}

type FollowParts = {
  input: LoadInput
  config: LiveConfig
  core: Core
  clock: Clock
  log: Logger
  replaceSources: () => Promise<void>
}

/** Saved changes of the file count without a restart, one after the other. */
function follow(file: string, text: string, parts: FollowParts): AsyncDisposable {
  const { input, config, core, clock, log, replaceSources } = parts
  let applying: Promise<void> = Promise.resolve()
  const watcher = watchConfig(file, {
    clock,
    text,
    load: (changed) => loadConfig(changed, input),
    onResult: (result) => {
      applying = applying
        .then(() => applyChange(result, { ...core, config, clock, log, replaceSources }))
        .catch((error: unknown) =>
          log.log('error', `a change of the configuration could not be applied: ${String(error)}`),
        )
    },
  })
  return {
    async [Symbol.asyncDispose]() {
      watcher[Symbol.dispose]()
      await applying
    },
  }
}

function retention(store: Store, config: LiveConfig, clock: Clock, log: Logger): AsyncDisposable {
  const stop = new AbortController()
  const running = keepRetention({ store, policy: () => config.current.config.storage, clock, log, signal: stop.signal })
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}
