import { createHash } from 'node:crypto'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { type Clock, sleep } from '../../../lib/clock.ts'
import { openHttpClient } from '../../http-client/http-client.ts'
import type { SourceContext } from '../../types.ts'
import type { Member } from '../member.ts'
import { sweepEvents } from '../sweep/sweep-events.ts'
import { createManners, sweepMetrics } from '../sweep/sweep-metrics.ts'
import { sweepStates } from '../sweep/sweep-states.ts'
import { Stopped, type Sweep } from '../sweep/sweep.ts'
import { createRenderApi, type RenderApi } from './api.ts'
import { type Budget, createBudget } from './budget.ts'

/** Sources that are asked at about the same moment are answered by the same questions. */
const GATHER_MS = 100
/** Hundreds of sources are opened one after the other within seconds: those that come meanwhile go together. */
const APART_MS = 2_500
/** Of the reads a minute this share is for states and values; more members are asked about less often. */
const SHARE = 0.4
const MINUTE_MS = 60_000
/** After questions that all fail nothing is asked for so long. */
const CALM_MS = 10_000

/** All that is watched with one key. Its questions are asked once for everybody, within what the key may ask. */
export type Account = {
  /** Asks anew about all whose answers are old, when one of `mine` is; resolves when that is done, or at the signal. */
  refresh(mine: readonly Member[], signal: AbortSignal): Promise<void>
  /** What was wrong with the last questions as a whole. */
  readonly problem: SourceProblem | undefined
  readonly api: Pick<RenderApi, 'now' | 'aheadMs'>
}

export type AccountOptions = { url: string; apiKey: string; timeoutMs: number }
export type AccountLease = AsyncDisposable & { account: Account; join(member: Member): void }

type Shared = { account: KeyAccount; leases: number; close(): Promise<void> }
type Keys = { accounts: Map<string, Shared>; budgets: Map<string, Budget> }
/** By clock, for the reads of a minute are counted by one; in a collector there is only one. */
const keys = new WeakMap<Clock, Keys>()

/**
 * Takes a share of what all sources of a key use together; the last to leave ends it. One that may not connect
 * everywhere has an account of its own, as it has connections.
 */
export function leaseAccount(options: AccountOptions, context: SourceContext): AccountLease {
  const key = createHash('sha256').update(`${options.url}\n${options.apiKey}`).digest('hex')
  const { accounts: known, budgets } = keysOf(context.clock)
  // What was asked is remembered when all have left: they may come back within the minute.
  const budget = budgets.get(key) ?? createBudget(context.clock)
  budgets.set(key, budget)
  const own = context.refuseAddress !== undefined
  const held = (own ? undefined : known.get(key)) ?? openAccount(options, context, budget)
  if (!own) known.set(key, held)
  held.leases++
  const mine = new Set<Member>()
  return {
    account: held.account,
    join(member) {
      mine.add(member)
      held.account.members.add(member)
    },
    async [Symbol.asyncDispose]() {
      for (const member of mine) held.account.members.delete(member)
      if (--held.leases > 0) return
      if (known.get(key) === held) known.delete(key)
      await held.close()
    },
  }
}

function keysOf(clock: Clock): Keys {
  const known = keys.get(clock) ?? { accounts: new Map<string, Shared>(), budgets: new Map<string, Budget>() }
  keys.set(clock, known)
  return known
}

function openAccount({ url, apiKey, timeoutMs }: AccountOptions, context: SourceContext, budget: Budget): Shared {
  const { clock } = context
  const client = openHttpClient(context)
  const api = createRenderApi({ url, apiKey, client, budget, clock, timeoutMs })
  const account = new KeyAccount(api, budget, clock)
  return {
    account,
    leases: 0,
    async close() {
      account.close()
      await client[Symbol.asyncDispose]()
    },
  }
}

class KeyAccount implements Account {
  readonly members = new Set<Member>()
  readonly api: RenderApi
  problem: SourceProblem | undefined
  readonly #budget: Budget
  readonly #clock: Clock
  readonly #manners = createManners()
  readonly #closing = new AbortController()
  #sweeping: Promise<void> | undefined
  #sweptAt = -Infinity
  #notBefore = -Infinity

  constructor(api: RenderApi, budget: Budget, clock: Clock) {
    this.api = api
    this.#budget = budget
    this.#clock = clock
  }

  close(): void {
    this.#closing.abort()
  }

  async refresh(mine: readonly Member[], signal: AbortSignal): Promise<void> {
    // A sweep that had begun before may not have known of these; the next one does.
    for (let turn = 0; turn < 2 && mine.some((member) => this.#isDue(member)) && !signal.aborted; turn++) {
      this.#sweeping ??= this.#gatherAndSweep().finally(() => (this.#sweeping = undefined))
      await untilAborted(this.#sweeping, signal)
    }
  }

  /** Half an interval is young enough for the next who asks; with very many members reads have to last longer. */
  #isDue({ askedAt, everyMs }: Member): boolean {
    if (this.#clock.monotonic() < this.#notBefore) return false
    const costs = 2 + 12 * Math.ceil(this.members.size / 100)
    const affordableMs = (costs / (SHARE * this.#budget.perMinute)) * MINUTE_MS
    return this.#clock.monotonic() - askedAt >= Math.max(everyMs / 2, affordableMs)
  }

  async #gatherAndSweep(): Promise<void> {
    const wait = Math.max(GATHER_MS, this.#sweptAt + APART_MS - this.#clock.monotonic())
    await sleep(this.#clock, wait, this.#closing.signal).catch(() => undefined)
    const members = [...this.members].filter((member) => this.#isDue(member))
    if (members.length === 0 || this.#closing.signal.aborted) return
    const atMs = this.#clock.monotonic()
    const deadline = new AbortController()
    const cancel = this.#clock.after(Math.max(...members.map(({ timeoutMs }) => timeoutMs)), () => deadline.abort())
    const signal = AbortSignal.any([this.#closing.signal, deadline.signal])
    try {
      await this.#sweep({ api: this.api, members, atMs, signal })
    } finally {
      cancel()
    }
  }

  async #sweep(sweep: Sweep): Promise<void> {
    const before = this.#sweptAt
    this.#sweptAt = sweep.atMs
    for (const member of sweep.members) member.askedAt = sweep.atMs
    try {
      await sweepStates(sweep)
      await sweepMetrics(sweep, this.#manners)
      await sweepEvents(sweep, this.#budget, before)
      this.problem = undefined
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      this.problem = error.refusal.problem
      // What was not answered is asked for by whoever comes next, but not by each of many at once.
      for (const member of sweep.members) member.askedAt = -Infinity
      this.#notBefore = this.#clock.monotonic() + CALM_MS
    }
  }
}

/** Resolves with the work, or at once when the signal aborts; the work goes on for the others. */
function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
    if (signal.aborted) resolve()
  })
}
