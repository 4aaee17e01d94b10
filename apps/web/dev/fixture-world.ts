import type { MappingView, Range, Status } from '@headroom/shared/contracts.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import type { LiveValue } from '@headroom/shared/protocol.ts'
import type { MadeSeries, MadeSystem } from './fixture-model.ts'
import { captions, fastapi, grades, ide, small, waiting, webui } from './made-systems.ts'

export const SCENARIOS = [
  'states',
  'fine',
  'empty',
  'starting',
  'many',
  'names',
  'not-recording',
  'config-error',
  'history-fails',
  'slow',
] as const
export type Scenario = (typeof SCENARIOS)[number]

type Held = { id: number; system: MadeSystem; made: MadeSeries; everyMs: number }

/** A made-up collector's whole knowledge, as pure answers to "what is it now". */
export class FixtureWorld {
  readonly scenario: Scenario
  readonly start: number
  readonly systems: MadeSystem[]
  readonly held: Held[]

  constructor(scenario: Scenario, start: number) {
    this.scenario = scenario
    this.start = start
    this.systems = systemsOf(scenario, start)
    this.held = this.systems
      .flatMap((system) => system.series.map((made) => ({ system, made })))
      .map(({ system, made }, index) => ({
        id: index + 1,
        system,
        made,
        everyMs: (system.sources.find((source) => source.id === made.source)?.everySeconds ?? 5) * 1000,
      }))
  }

  valueAt(held: Held, at: number): number | null {
    const value = held.made.at(Math.floor(at / held.everyMs) * held.everyMs)
    return value === null ? null : Math.round(value * 1000) / 1000
  }

  series(now: number, system?: string): SeriesView[] {
    return this.held
      .filter((held) => system === undefined || held.system.id === system)
      .map((held) => {
        const silent = held.system.sources.find((source) => source.id === held.made.source)?.silentSince
        const stale = silent !== undefined && now > silent && held.made.metric !== 'up'
        const { metric, unit, source, labels = {}, spread } = held.made
        return {
          id: held.id,
          system: held.system.id,
          source,
          primary: held.made.primary ?? true,
          metric,
          unit,
          labels,
          ...(spread === undefined ? {} : { spread }),
          at: stale ? silent : Math.floor(now / held.everyMs) * held.everyMs,
          ...(stale ? { stale: true } : {}),
          value: this.valueAt(held, stale ? silent - held.everyMs : now),
        }
      })
  }

  views(now: number): SystemView[] {
    return this.systems.map((system) => ({
      id: system.id,
      name: system.name,
      presets: system.presets,
      state: system.state,
      down: system.down,
      since: system.since,
      ...(system.band === undefined ? {} : { band: system.band }),
      sources: system.sources.map(({ silentSince, error, lagSeconds = 0, ...source }) => ({
        ...source,
        lagSeconds,
        state: silentSince === undefined ? 'ok' : 'failing',
        lastOkAt: silentSince ?? now - 1000,
        ...(error === undefined ? {} : { error }),
        tookSeconds: silentSince === undefined ? 0.084 : null,
        leftOut: 0,
      })),
      headroom: system.headroom.map((row) => {
        const held = this.held.find((each) => each.system === system && each.made.metric === row.metric)
        const used = held === undefined ? null : this.valueAt(held, now)
        return { ...row, used, usedPercent: used === null ? null : Math.round((1000 * used) / row.limit) / 10 }
      }),
      texts:
        system.texts.length === 0
          ? []
          : [{ source: system.sources[0]?.id ?? '', path: 'recommendations', lines: system.texts, at: now - 4000 }],
      alerts: {
        warning: system.alerts.filter(
          (alert) => this.#severity(system, alert.flag) === 'warning' && alert.resolvedAt === undefined,
        ).length,
        critical: system.alerts.filter((alert) => this.#severity(system, alert.flag) === 'critical').length,
      },
    }))
  }

  alerts(open: boolean, system?: string): Alert[] {
    return this.systems
      .filter((each) => system === undefined || each.id === system)
      .flatMap((each) =>
        each.alerts
          .filter((alert) => !open || alert.resolvedAt === undefined)
          .map((alert): Alert => {
            const flag = each.flags.find((one) => one.id === alert.flag)
            const series = this.held.find((held) => held.system === each && held.made.metric === alert.metric)?.id
            const state = alert.resolvedAt !== undefined ? 'resolved' : alert.pending === true ? 'pending' : 'firing'
            return {
              id: `${each.id}/${alert.flag}/${alert.since}`,
              flag: alert.flag,
              system: each.id,
              ...(series === undefined ? {} : { series }),
              severity: flag?.severity ?? 'warning',
              state,
              value: alert.value,
              line: flag?.line ?? 0,
              unit: flag?.unit ?? 'count',
              since: alert.since,
              ...(state === 'pending' ? {} : { firedAt: alert.since + 15_000 }),
              ...(alert.resolvedAt === undefined ? {} : { resolvedAt: alert.resolvedAt }),
              title: flag?.title ?? alert.flag,
              why: flag?.why ?? { text: '', document: '', figure: '', ours: true },
              steps: flag?.steps ?? [],
            }
          }),
      )
  }

  flags(system?: string): FlagView[] {
    return this.systems.filter((each) => system === undefined || each.id === system).flatMap((each) => each.flags)
  }

  notes(system?: string): Note[] {
    return this.systems
      .filter((each) => system === undefined || each.id === system)
      .flatMap((each) =>
        each.notes.map((note, index) => ({ id: `${each.id}-note-${index}`, system: each.id, ...note })),
      )
  }

  definitions(): { id: string; name: string; expected: string[]; success: MadeSystem['success'] }[] {
    return this.systems.map(({ id, name, expected, success }) => ({ id, name, expected, success }))
  }

  mapping(now: number, system?: string): MappingView[] {
    return this.systems
      .filter((each) => system === undefined || each.id === system)
      .flatMap((each) =>
        each.sources.map((source) => ({
          system: each.id,
          source: source.id,
          leftOut: 0,
          mapped: this.held
            .filter((held) => held.system === each && held.made.source === source.id)
            .map((held) => ({
              path: held.made.metric.replaceAll('.', '_'),
              metric: held.made.metric,
              unit: held.made.unit,
              value: this.valueAt(held, now) ?? 'stale',
              labels: held.made.labels ?? {},
              how: held.made.metric.startsWith('config') ? 'own path' : 'known',
            })),
        })),
      )
  }

  range(ids: number[], from: number, to: number, points: number): Range {
    const stepMs = Math.max(1, Math.ceil((to - from) / points))
    const starts = Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, index) => from + index * stepMs)
    return {
      from,
      to,
      stepMs,
      series: this.held
        .filter((held) => ids.includes(held.id))
        .map((held) => {
          const buckets = starts.map((begin) => this.#samples(held, begin, Math.min(begin + stepMs, to)))
          return {
            id: held.id,
            t: starts,
            min: buckets.map((b) => (b.length === 0 ? null : Math.min(...b))),
            max: buckets.map((b) => (b.length === 0 ? null : Math.max(...b))),
            avg: buckets.map((b) => (b.length === 0 ? null : b.reduce((sum, v) => sum + v, 0) / b.length)),
            last: buckets.map((b) => b.at(-1) ?? null),
          }
        }),
    }
  }

  tick(now: number): LiveValue[] {
    const second = Math.floor(now / 1000) * 1000
    return this.held
      .filter((held) => second % held.everyMs === 0)
      .flatMap((held): LiveValue[] => {
        const value = this.valueAt(held, second)
        return value === null ? [] : [[held.id, second, value]]
      })
  }

  status(now: number, viewers: number): Status {
    const full = this.scenario === 'not-recording'
    const failing = this.systems
      .flatMap((system) => system.sources)
      .filter((source) => source.silentSince !== undefined).length
    return {
      version: '0.1.0',
      startedAt: this.start - 5_400_000,
      now,
      systems: this.systems.length,
      sources: { ok: this.systems.flatMap((system) => system.sources).length - failing, failing, pending: 0 },
      viewers,
      store: {
        kind: 'sqlite',
        bytes: 48_211_968,
        samples: 17_204_511,
        oldestAt: this.start - 6 * 86_400_000,
        writable: !full,
        ...(full
          ? { problem: 'The disk is full (0 bytes free on /data). Free some space; recording goes on by itself.' }
          : {}),
        retainSeconds: 30 * 86_400,
        maxBytes: 5 * 2 ** 30,
      },
      config: {
        ok: this.scenario !== 'config-error',
        file: this.scenario === 'empty' ? null : '/srv/headroom/headroom.yaml',
        ...(this.scenario === 'config-error'
          ? { error: 'systems[1].sources[0].evry is not known. Did you mean "every"? (headroom.yaml, line 14)' }
          : {}),
      },
      demo: this.scenario === 'fine',
      self: { cpuPercent: 1.8, rssBytes: 88 * 2 ** 20 },
    }
  }

  #samples(held: Held, from: number, to: number): number[] {
    const first = Math.ceil(from / held.everyMs) * held.everyMs
    const step = Math.max(held.everyMs, Math.floor((to - from) / 20 / held.everyMs) * held.everyMs)
    const values: number[] = []
    for (let at = first; at < to; at += step) {
      const value = this.valueAt(held, at)
      if (value !== null) values.push(value)
    }
    return values
  }

  #severity(system: MadeSystem, flag: string): string | undefined {
    return system.flags.find((each) => each.id === flag)?.severity
  }
}

/** Names that people really give, and some that nobody should. */
const NAMES = [
  '<img src=x onerror=alert(1)> & <b>bold</b>',
  'ورشة التسميات التوضيحية 2026',
  'A very long name '.repeat(12).trim(),
  'Averylongnamewithoutanyspaceinit'.repeat(6),
  '字幕工作坊 👩‍🏫',
]

function systemsOf(scenario: Scenario, start: number): MadeSystem[] {
  switch (scenario) {
    case 'empty':
      return []
    case 'fine':
      return [
        captions(start),
        { ...small(start, 1), id: 'machine', name: 'This machine' },
        { ...small(start, 2), id: 'site', name: 'Course site' },
      ]
    case 'starting':
      return [waiting(start)]
    case 'names':
      return NAMES.map((name, index) => ({ ...small(start, index + 3), name }))
    case 'many':
      return Array.from({ length: 200 }, (_, index) => small(start, index))
    default:
      return [captions(start), webui(start), ide(start), fastapi(start), grades(start)]
  }
}
