import type { HeadroomView, SourceView, SystemView } from '@headroom/shared/model/system.ts'
import type { MadeSource, MadeSystem } from '../made/made-system.ts'
import { type Held, valueAt } from './held.ts'

export function systemViewOf(system: MadeSystem, series: readonly Held[], now: number): SystemView {
  const { id, name, presets, state, down, since, band, texts } = system
  const source = system.sources[0]?.id ?? ''
  const firing = (severity: 'warning' | 'critical'): number =>
    system.alerts.filter(
      (alert) =>
        alert.resolvedAt === undefined &&
        alert.pending !== true &&
        system.flags.find((flag) => flag.id === alert.flag)?.severity === severity,
    ).length
  return {
    id,
    name,
    presets,
    state,
    down,
    since,
    ...(band === undefined ? {} : { band }),
    sources: system.sources.map((each) => sourceViewOf(each, now)),
    headroom: system.headroom.map((row) => headroomOf(row, series, now)),
    texts: texts.length === 0 ? [] : [{ source, path: 'recommendations', lines: texts, at: now - 4000 }],
    alerts: { warning: firing('warning'), critical: firing('critical') },
  }
}

function sourceViewOf(source: MadeSource, now: number): SourceView {
  const { id, type, everySeconds, silentSince, never = false, error, lagSeconds = 0, leftOut = 0 } = source
  const failing = silentSince !== undefined || (never && error !== undefined)
  return {
    id,
    type,
    everySeconds,
    lagSeconds,
    leftOut,
    state: failing ? 'failing' : never ? 'pending' : 'ok',
    lastOkAt: never ? null : (silentSince ?? now - 1000),
    ...(error === undefined ? {} : { error }),
    tookSeconds: failing || never ? null : 0.084,
  }
}

function headroomOf(row: MadeSystem['headroom'][number], series: readonly Held[], now: number): HeadroomView {
  const held = series.find((each) => each.made.metric === row.metric)
  const used = held === undefined ? null : valueAt(held, now)
  return {
    ...row,
    used,
    usedPercent: used === null || row.limit <= 0 ? null : Math.round((1000 * used) / row.limit) / 10,
  }
}
