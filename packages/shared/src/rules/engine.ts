import type { Alert } from '../model/alert.ts'
import type { Flag } from '../model/flag.ts'
import { HOUR, SECOND } from '../time.ts'
import { silenceKey } from './absent.ts'
import { reword } from './alert.ts'
import { batchesOf, onceEach } from './batches.ts'
import { type Binding, Bindings, type Bound } from './bindings.ts'
import { moveBack } from './clock-back.ts'
import { isAnswer, isGone, isUnwatched, type Open } from './endings.ts'
import { type Entry, entriesOf, withKept } from './entries.ts'
import { isWhole, openReading } from './gathering.ts'
import { close } from './hold.ts'
import { judge, type Judged } from './judge.ts'
import { KINDS } from './kinds.ts'
import type { Moment } from './leaf.ts'
import { listen } from './listen.ts'
import { prune } from './prune.ts'
import { besides, leadSeries } from './select.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import type { Latest, RuleEngine, RuleSample, RuleSeries, RuleWorld } from './types.ts'

/** The wall clock is slewed by less than this; more is a clock that was set back. */
const SLEW_MS = SECOND

export function createEngine(flags: readonly Flag[], world: RuleWorld): RuleEngine {
  return new Engine(flags, world)
}

type Taken = { sample: RuleSample; series: RuleSeries; binding: Binding }

/**
 * The shell around the pure judgements: it holds their memory and finds which of them a sample concerns, so that a
 * step costs what its samples touch. `SPEC.md` says what it promises.
 */
class Engine implements RuleEngine {
  readonly #world: RuleWorld
  #entries: Map<string, Entry>
  #bindings: Bindings
  #latest = new Map<number, Latest>()
  /** Judgements that are pending or firing. */
  readonly #open = new Map<string, Open>()
  /** Alerts that a restored memory held of flags that are no longer so: told as resolved at the next step. */
  #orphans: Alert[] = []
  #now: number | null = null
  #prunedAt = 0
  #changes: Alert[] = []

  constructor(flags: readonly Flag[], world: RuleWorld) {
    this.#world = world
    this.#entries = entriesOf(flags)
    this.#bindings = new Bindings(this.#entries.values())
  }

  step(samples: readonly RuleSample[], now: number): Alert[] {
    this.#resolveOrphans(now)
    if (this.#now !== null && now < this.#now - SLEW_MS) this.#moveBack(this.#now - now)
    for (const batch of batchesOf(samples)) this.#take(batch)
    this.#closeUnwatched(now)
    this.#listen(now)
    this.#now = Math.max(this.#now ?? now, now)
    if (Math.abs(now - this.#prunedAt) >= HOUR) this.#prune(now)
    return this.#tell()
  }

  open(): Alert[] {
    return [...this.#open.values()].flatMap(({ entry, key }) => {
      const standing = entry.memory.tracks.get(key)?.standing
      return standing === undefined || standing.phase === 'inactive' ? [] : [standing.alert]
    })
  }

  snapshot(): string {
    return writeSnapshot(this.#now, this.#latest, this.#entries.values())
  }

  restore(text: string): void {
    const kept = readSnapshot(text)
    if (kept === undefined) return
    this.#now = kept.now
    this.#latest = kept.latest
    this.#open.clear()
    const { entries: fresh, orphans } = withKept(this.#entries, kept.flags)
    this.#orphans = orphans
    this.#use(fresh)
  }

  replaceFlags(flags: readonly Flag[], now: number): Alert[] {
    this.#resolveOrphans(now)
    const fresh = entriesOf(flags)
    for (const [key, entry] of this.#entries) {
      const same = fresh.get(key)
      if (same?.rule.signature === entry.rule.signature) fresh.set(key, { ...same, memory: entry.memory })
      else for (const track of entry.memory.tracks.values()) this.#changes.push(...close(track.standing, now).changes)
    }
    this.#use(fresh)
    this.#reword()
    this.#closeUnwatched(now)
    return this.#tell()
  }

  /** Takes samples of one time: closes what their coming shows to be whole, remembers them, judges what they complete. */
  #take(batch: readonly RuleSample[]): void {
    const taken = onceEach(batch).flatMap((sample) => this.#accept(sample) ?? [])
    for (const one of taken) for (const bound of one.binding.bounds) this.#openReading(one, bound)
    for (const { sample } of taken) {
      const known = this.#latest.get(sample.series)
      this.#latest.set(sample.series, {
        at: sample.value === null ? (known?.at ?? sample.at) : sample.at,
        value: sample.value,
      })
    }
    for (const one of taken) for (const bound of one.binding.bounds) this.#remember(one, bound)
    for (const one of taken) for (const bound of one.binding.bounds) this.#judgeBound(one, bound)
    if (this.#open.size > 0) this.#closeGone(taken)
  }

  /** Late samples never rewrite what was judged, and staleness is news only once. */
  #accept(sample: RuleSample): Taken | undefined {
    const series = this.#world.series(sample.series)
    if (series === undefined) return undefined
    const known = this.#latest.get(sample.series)
    if (sample.value === null) {
      if (known === undefined || known.value === null || sample.at < known.at) return undefined
    } else if (known !== undefined && sample.at <= known.at) return undefined
    return { sample, series, binding: this.#bindings.of(series) }
  }

  /** A first sample of a later time shows that the reading before it was whole. */
  #openReading({ sample, series, binding }: Taken, { entry, role }: Bound): void {
    const { rule, memory } = entry
    if (role === 'silence' || rule.alone || sample.value === null) return
    const before = memory.gatherings.get(binding.source)
    if (before !== undefined && sample.at <= before.at) return
    if (before?.judged === false) this.#judgeReading(entry, binding.source, before.at)
    memory.gatherings.set(
      binding.source,
      openReading(sample.at, besides(rule, series, this.#world), (id) => this.#latest.get(id)),
    )
  }

  #remember({ sample, series, binding }: Taken, { entry, role, followed }: Bound): void {
    const { rule, memory } = entry
    const { at, value } = sample
    if (value === null) return
    if (role === 'silence') {
      const key = silenceKey(rule, series, this.#world)
      memory.parts.set(key, KINDS.absent.follow(memory.parts.get(key), { at, value, series, rule, world: this.#world }))
    } else if (followed) {
      memory.parts.set(
        series.id,
        KINDS[rule.kind].follow(memory.parts.get(series.id), { at, value, series, rule, world: this.#world }),
      )
    }
    const gathering = memory.gatherings.get(binding.source)
    if (gathering?.at === at && role !== 'silence' && !rule.alone)
      memory.gatherings.set(binding.source, { ...gathering, seen: gathering.seen + 1 })
  }

  #judgeBound({ sample, series, binding }: Taken, { entry, role }: Bound): void {
    const { rule, memory } = entry
    if (role === 'silence' || (role === 'side' && (rule.alone || sample.value === null))) return
    if (rule.alone || sample.value === null) {
      const key = rule.flag.over === 'each' ? series.id : 0
      // Of several series one that fell silent alone is left out of the next judgement; it is no reason for one now.
      if (!rule.alone && key === 0 && this.#anyFresh(entry)) return
      this.#judge(entry, key, sample.at)
      return
    }
    const gathering = memory.gatherings.get(binding.source)
    if (gathering === undefined || !isWhole(gathering)) return
    memory.gatherings.set(binding.source, { ...gathering, judged: true })
    this.#judgeReading(entry, binding.source, gathering.at)
  }

  #anyFresh({ rule }: Entry): boolean {
    return leadSeries(rule, this.#world).some((series) => typeof this.#latest.get(series.id)?.value === 'number')
  }

  /** Judges what of a reading the flag leads with; a reading that only holds what it is compared with judges nothing. */
  #judgeReading(entry: Entry, source: string, at: number): void {
    const given = leadSeries(entry.rule, this.#world).filter(
      (series) => `${series.system}/${series.source}` === source && this.#latest.get(series.id)?.at === at,
    )
    if (entry.rule.flag.over === 'each') for (const series of given) this.#judge(entry, series.id, at)
    else if (given.length > 0) this.#judge(entry, 0, at)
  }

  #judge(entry: Entry, key: number, at: number): void {
    this.#settle(entry, key, judge(entry.rule, entry.memory, key, this.#moment(at)))
  }

  #moment(at: number): Moment {
    return { at, world: this.#world, latest: (series) => this.#latest.get(series) }
  }

  #settle(entry: Entry, key: number, { track, changes }: Judged): void {
    const { tracks } = entry.memory
    if (track === undefined) tracks.delete(key)
    else tracks.set(key, track)
    if (changes.length === 0) return
    this.#changes.push(...changes)
    if (track === undefined || track.standing.phase === 'inactive') this.#open.delete(`${entry.key}/${key}`)
    else this.#open.set(`${entry.key}/${key}`, { entry, key })
  }

  #close({ entry, key }: Open, at: number): void {
    const track = entry.memory.tracks.get(key)
    if (track === undefined) return
    const closed = close(track.standing, at)
    this.#settle(entry, key, { track: { ...track, standing: closed.standing }, changes: closed.changes })
  }

  /** Ends alerts of series that a source, answering now, no longer gives. */
  #closeGone(taken: readonly Taken[]): void {
    const at = taken[0]?.sample.at
    const answering = new Set(
      taken.filter(({ sample, series }) => isAnswer(series, sample.value)).map(({ binding }) => binding.source),
    )
    if (at === undefined || answering.size === 0) return
    for (const open of this.#open.values()) if (isGone(open, answering, this.#moment(at))) this.#close(open, at)
  }

  #closeUnwatched(now: number): void {
    for (const open of this.#open.values()) if (isUnwatched(open, this.#world)) this.#close(open, now)
  }

  #listen(now: number): void {
    const asleepMs = this.#now === null ? 0 : now - this.#now
    for (const entry of this.#entries.values()) {
      if (entry.rule.kind !== 'absent') continue
      for (const [key, judged] of listen(entry, asleepMs, this.#moment(now))) this.#settle(entry, key, judged)
    }
  }

  #moveBack(ms: number): void {
    for (const entry of this.#entries.values()) moveBack(entry.memory, ms)
    for (const [series, { at, value }] of this.#latest) this.#latest.set(series, { at: at - ms, value })
    this.#now = this.#now === null ? null : this.#now - ms
    this.#prunedAt -= ms
  }

  #prune(now: number): void {
    this.#prunedAt = now
    prune(this.#entries.values(), this.#latest, now)
  }

  #resolveOrphans(now: number): void {
    for (const alert of this.#orphans) this.#changes.push({ ...alert, state: 'resolved', resolvedAt: now })
    this.#orphans = []
  }

  #use(entries: Map<string, Entry>): void {
    this.#entries = entries
    this.#bindings = new Bindings(entries.values())
    this.#open.clear()
    for (const entry of entries.values()) {
      for (const [key, track] of entry.memory.tracks)
        if (track.standing.phase !== 'inactive') this.#open.set(`${entry.key}/${key}`, { entry, key })
    }
  }

  #reword(): void {
    for (const { entry, key } of this.#open.values()) {
      const track = entry.memory.tracks.get(key)
      if (track === undefined || track.standing.phase === 'inactive') continue
      const alert = reword(track.standing.alert, entry.rule.flag)
      if (alert === track.standing.alert) continue
      entry.memory.tracks.set(key, { ...track, standing: { ...track.standing, alert } })
      this.#changes.push(alert)
    }
  }

  #tell(): Alert[] {
    return this.#changes.splice(0)
  }
}
