import { Range, RawRange, Status } from '@headroom/shared/contracts.ts'
import { Alert } from '@headroom/shared/model/alert.ts'
import { Event } from '@headroom/shared/model/event.ts'
import { Note } from '@headroom/shared/model/note.ts'
import { SeriesView } from '@headroom/shared/model/series.ts'
import { type SourceView, SystemView } from '@headroom/shared/model/system.ts'
import { z } from 'zod'
import { until } from './until.ts'

/** The public HTTP interface of a collector, each answer parsed by its schema. */
export class Api {
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  async text(path: string): Promise<string> {
    return (await fetch(`${this.url}${path}`)).text()
  }

  async json(path: string): Promise<unknown> {
    return (await fetch(`${this.url}/api/v1${path}`)).json()
  }

  async status(): Promise<Status> {
    return Status.parse(await this.json('/status'))
  }

  async systems(at?: number): Promise<SystemView[]> {
    return z.array(SystemView).parse(await this.json(`/systems${at === undefined ? '' : `?at=${at}`}`))
  }

  async system(id: string, at?: number): Promise<SystemView> {
    const found = (await this.systems(at)).find((system) => system.id === id)
    if (found === undefined) throw new Error(`there is no system ${id}`)
    return found
  }

  /** A system's first source. */
  async source(system: string): Promise<SourceView> {
    const [first] = (await this.system(system)).sources
    if (first === undefined) throw new Error(`${system} has no source`)
    return first
  }

  async series(query = ''): Promise<SeriesView[]> {
    return z.array(SeriesView).parse(await this.json(`/series?${query}`))
  }

  /** The newest value of a metric of a system; null while there is none. */
  async value(system: string, metric: string): Promise<number | null> {
    return (await this.series(`system=${system}`)).find((series) => series.metric === metric)?.value ?? null
  }

  /** Every sample of a metric of a system since a moment. */
  async samples(system: string, metric: string, from = 0): Promise<{ t: number[]; v: number[] }> {
    const path = `/range?system=${system}&metric=${metric}&from=${from}&points=raw`
    return RawRange.parse(await this.json(path)).series[0] ?? { t: [], v: [] }
  }

  /** Every sample of some series. */
  async raw(series: readonly number[]): Promise<RawRange> {
    return RawRange.parse(await this.json(`/range?series=${series.join(',')}&from=0&points=raw&limit=100000`))
  }

  /** The longest time between two samples of `up`, in intervals of a second: 1 is a system that was never kept waiting. */
  async longestGap(system: string): Promise<number> {
    const { t } = await this.samples(system, 'up')
    return Math.max(0, ...t.slice(1).map((at, index) => at - (t[index] ?? at))) / 1_000
  }

  async range(query: string): Promise<Range> {
    return Range.parse(await this.json(`/range?${query}`))
  }

  async alerts(query = 'state=all'): Promise<Alert[]> {
    return z.array(Alert).parse(await this.json(`/alerts?${query}`))
  }

  async events(query = ''): Promise<Event[]> {
    return z.array(Event).parse(await this.json(`/events?limit=5000&${query}`))
  }

  async notes(): Promise<Note[]> {
    return z.array(Note).parse(await this.json('/notes'))
  }

  /** Waits until every system listed is in a state. */
  async all(state: SystemView['state'], ...ids: string[]): Promise<void> {
    await until(
      () => this.systems(),
      (systems) => ids.every((id) => systems.some((system) => system.id === id && system.state === state)),
    )
  }

  /** Waits until a system's first source fails for a reason, and gives the words of it. */
  async failing(system: string, code: string): Promise<string> {
    const found = await until(
      () => this.source(system),
      ({ state, error }) => state === 'failing' && error?.code === code,
    )
    return found.error?.message ?? ''
  }
}
