import type { Alert } from '@headroom/shared/model/alert.ts'
import { type Event, type EventBody, eventSystem } from '@headroom/shared/model/event.ts'
import type { RuleEngine } from '@headroom/shared/rules/types.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { Clock } from '../lib/clock.ts'
import type { LiveBus } from '../live/types.ts'
import type { Store } from '../store/types.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Arrival } from './arrival.ts'
import { Folding } from './folding.ts'
import { type Draft, framesOf } from './frames.ts'
import {
  happenings,
  identify,
  type Identified,
  samplesOf,
  sourceTransition,
  spreadChanges,
  textTransitions,
} from './intake.ts'
import type { Recorder } from './recorder.ts'
import { RULE_MEMORY } from './rule-memory.ts'
import { findStale } from './staleness.ts'
import type { SystemStates } from './system-states.ts'

/** A tick is a group commit of all that arrived within this long. */
const GROUP_MS = 100
const SWEEP_MS = 1_000
/** The rule engine's memory is written at least this often while anything happens, so that a restart replays little. */
const MEMORY_EVERY_MS = 60_000
/** Arrivals waiting for a slow disk; beyond this the oldest are dropped, and counted. */
const MAX_ARRIVALS = 10_000
/** With so many points waiting for the disk, what is pushed is refused, for whoever pushes can come again. */
const MAX_WAITING_POINTS = 100_000

export type PipelineParts = {
  world: World
  engine: RuleEngine
  store: Store
  recorder: Recorder
  states: SystemStates
  bus: LiveBus
  clock: Clock
  log: Logger
  /** Where the stream's counter goes on. */
  lastSeq: number
}

/**
 * Reading -> samples -> rules -> store -> live, in group commits of at most 100 ms. One flush runs at a time:
 * it folds the arrivals into the world, lets the rules judge them, writes samples and transitions in one
 * transaction, and only then shows them.
 */
export class Pipeline implements AsyncDisposable {
  readonly #parts: PipelineParts
  readonly #startedAt: number
  #seq: number
  #arrivals: Arrival[] = []
  #said: EventBody[] = []
  /** Points taken and not yet written. */
  #waiting = 0
  #dropped = 0
  #backwardJumps = 0
  #memoryAt = 0
  #memoryOwed = false
  readonly #folding = new Folding()
  #flushing: Promise<void> = Promise.resolve()
  #cancelFlush: (() => void) | null = null
  #cancelSweep: (() => void) | null = null
  #sweepDue = false
  /** False while new series cannot be registered: that is said once, not at every flush. */
  #registering = true
  #closed = false

  constructor(parts: PipelineParts) {
    this.#parts = parts
    this.#seq = parts.lastSeq
    this.#startedAt = parts.clock.now()
    this.#memoryAt = this.#startedAt
    this.#scheduleSweep()
  }

  get seq(): number {
    return this.#seq
  }

  /** Arrivals lost because the disk was too slow for too long. */
  get dropped(): number {
    return this.#dropped
  }

  /** More waits for the disk than should. */
  get behind(): boolean {
    return this.#waiting > MAX_WAITING_POINTS
  }

  /** Takes a reading; it is on disk and on the screens within about 100 ms. */
  take(arrival: Arrival): void {
    if (this.#closed) return
    this.#arrivals.push(arrival)
    this.#waiting += arrival.points.length
    if (this.#arrivals.length > MAX_ARRIVALS) {
      this.#waiting -= this.#arrivals.shift()?.points.length ?? 0
      this.#dropped += 1
    }
    this.#cancelFlush ??= this.#parts.clock.after(GROUP_MS, () => {
      this.#cancelFlush = null
      void this.flush()
    })
  }

  /** Records a transition that no reading brings (a note, a new configuration); resolves when it is written. */
  async say(...bodies: EventBody[]): Promise<void> {
    this.#said.push(...bodies)
    await this.flush()
  }

  /** The wall clock was set back: samples of the hour that comes again are kept beside the ones of the first time. */
  clockJumped(ms: number): void {
    if (ms < 0) {
      this.#backwardJumps += 1
      this.#parts.world.setBack(this.#parts.clock.now())
    }
    const seconds = Math.round(Math.abs(ms) / 1000)
    this.#said.push({
      kind: 'log',
      level: 'warning',
      text: `The clock of this machine was set ${ms < 0 ? 'back' : 'forward'} by ${seconds} s.`,
    })
  }

  /** Writes everything that has arrived; flushes run one after the other. */
  flush(): Promise<void> {
    const next = this.#flushing.then(() => this.#flush())
    // A flush that fails unexpectedly is logged, and must not stop the ones after it.
    this.#flushing = next.catch((error: unknown) => {
      this.#parts.log.log('error', `a group commit failed: ${error instanceof Error ? error.message : String(error)}`)
    })
    return this.#flushing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancelFlush?.()
    this.#cancelSweep?.()
    this.#memoryAt = 0
    await this.flush()
    this.#closed = true
  }

  #scheduleSweep(): void {
    this.#cancelSweep = this.#parts.clock.after(SWEEP_MS, () => {
      this.#scheduleSweep()
      this.#sweepDue = true
      void this.flush()
    })
  }

  async #flush(): Promise<void> {
    if (this.#closed) return
    const arrivals = this.#arrivals.splice(0)
    try {
      await this.#commit(arrivals)
    } finally {
      this.#waiting -= arrivals.reduce((sum, { points }) => sum + points.length, 0)
    }
  }

  async #commit(arrivals: readonly Arrival[]): Promise<void> {
    const said = this.#said.splice(0)
    const { world, clock, states } = this.#parts
    const { identified, known } = await this.#identify(arrivals)
    const draft: Draft = { now: clock.now(), samples: [], rules: [], events: [], known, values: [], touched: new Set() }
    // The frames of this flush are numbered in the order they are sent: new series, values, transitions.
    const seriesSeq = ++this.#seq
    const tickSeq = ++this.#seq
    for (const body of said) this.#emit(draft, body)
    for (const one of identified) this.#fold(draft, one)
    draft.known.push(...world.rank(draft.now).filter((id) => !draft.known.includes(id)))
    this.#markStale(draft)
    for (const limit of states.limitTransitions(world, draft.touched)) this.#emit(draft, limit)
    for (const alert of this.#parts.engine.step(draft.rules, draft.now)) this.#judge(draft, alert)
    for (const state of states.systemTransitions(world, draft.touched, draft.now)) this.#emit(draft, state)
    const nothing =
      draft.samples.length === 0 && draft.events.length === 0 && draft.values.length === 0 && draft.known.length === 0
    if (nothing && this.#memoryAt !== 0) return
    const stored = await this.#write(draft)
    const seqs = { series: seriesSeq, tick: tickSeq, next: (): number => ++this.#seq }
    const frames = framesOf(draft, this.#parts.world, seqs, this.#folding)
    if (frames.length > 0) this.#parts.bus.publish(frames, stored)
  }

  /** Gives new series their numbers. While the disk is full they stay unknown, and their values unseen. */
  async #identify(arrivals: readonly Arrival[]): Promise<{ identified: Identified[]; known: number[] }> {
    const { world, store, log } = this.#parts
    const identified = arrivals.map((arrival) => identify(arrival, world))
    const fresh = identified.flatMap(({ arrival: { system, source, points }, ids }) =>
      points
        .filter((_, index) => ids[index] === 0)
        .map(({ metric, labels, unit }) => ({ system, source, metric, labels, unit })),
    )
    if (fresh.length === 0) return { identified, known: [] }
    try {
      const numbers = await store.register(fresh)
      this.#registering = true
      fresh.forEach((identity, index) => {
        const id = numbers[index]
        if (id !== undefined) world.know({ ...identity, id })
      })
      return { identified: arrivals.map((arrival) => identify(arrival, world)), known: [...new Set(numbers)] }
    } catch (error) {
      if (this.#registering)
        log.log('error', `new series cannot be recorded: ${error instanceof Error ? error.message : String(error)}`, {
          series: fresh.length,
        })
      this.#registering = false
      return { identified, known: [] }
    }
  }

  #emit(draft: Draft, body: EventBody): void {
    const event: Event = { seq: ++this.#seq, at: draft.now, ...body }
    const { world } = this.#parts
    world.apply(event)
    draft.events.push(event)
    const system = eventSystem(event)
    if (system !== undefined) draft.touched.add(system)
    if (event.kind === 'config') for (const id of world.definitions.keys()) draft.touched.add(id)
  }

  #fold(draft: Draft, identified: Identified): void {
    const { world } = this.#parts
    const { arrival } = identified
    draft.touched.add(arrival.system)
    // The source's transition is judged before its values are taken: "last ok" must be the answer before this one.
    const transition = sourceTransition(arrival, world)
    if (transition !== null) this.#emit(draft, transition)
    for (const text of textTransitions(arrival, world)) this.#emit(draft, text)
    for (const happened of happenings(arrival, world)) this.#emit(draft, happened)
    draft.known.push(...spreadChanges(identified, world).filter((id) => !draft.known.includes(id)))
    for (const sample of samplesOf(identified, this.#backwardJumps)) {
      world.observe(sample.series, sample.at, sample.value, draft.now)
      draft.samples.push(sample)
      draft.rules.push(sample)
      draft.values.push([sample.series, sample.at, sample.value])
    }
  }

  /** Once a second, not at every flush: looking through all series costs. */
  #markStale(draft: Draft): void {
    if (!this.#sweepDue) return
    this.#sweepDue = false
    const { world } = this.#parts
    const stale = findStale(world, this.#startedAt, draft.now)
    for (const event of stale.events) this.#emit(draft, event)
    for (const sample of stale.samples) {
      draft.rules.push(sample)
      draft.values.push([sample.series, sample.at, null])
    }
  }

  #judge(draft: Draft, alert: Alert): void {
    this.#emit(draft, { kind: 'alert', alert })
    const restart = this.#parts.states.restartNote(alert, this.#parts.world, draft.now)
    if (restart !== null) this.#emit(draft, { kind: 'note', note: restart })
  }

  async #write(draft: Draft): Promise<boolean> {
    const { recorder, engine, world } = this.#parts
    const judged = draft.events.some((event) => event.kind === 'alert')
    const due = judged || this.#memoryOwed || Math.abs(draft.now - this.#memoryAt) >= MEMORY_EVERY_MS
    if (due) this.#memoryAt = draft.now
    const before = recorder.failure
    const stored = await recorder.commit({
      seq: this.#seq,
      at: draft.now,
      samples: draft.samples,
      events: draft.events,
      ...(due
        ? { documents: new Map([[RULE_MEMORY, JSON.stringify({ asOf: draft.now, memory: engine.snapshot() })]]) }
        : {}),
    })
    // An alert that waits for the disk is written with the memory that knows of it, or a restart would not.
    this.#memoryOwed = due && !stored
    if ((before === null) !== stored) {
      // Going blind and seeing again is an alert of the collector's own; it is shown at once and written when that works.
      const alert = this.#parts.states.recordingAlert(recorder.failure, before, draft.now)
      if (alert !== null) this.#said.push({ kind: 'alert', alert })
      for (const body of this.#said.filter((other) => other.kind === 'alert')) world.apply({ at: draft.now, ...body })
    }
    return stored
  }
}
