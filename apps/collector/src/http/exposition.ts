import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SelfMetric } from './ports.ts'

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * The Prometheus text of the newest values. Stale ones are left out, so that Prometheus sees them end; times are
 * left out too, for it drops what is older than its own clock likes.
 */
export function exposition(series: readonly SeriesView[], own: readonly SelfMetric[]): string {
  const lines = ['# HELP headroom_sample The newest value of a series.', '# TYPE headroom_sample untyped']
  for (const view of series) {
    if (view.value === null || view.stale === true) continue
    const labels: [string, string][] = [
      ['system', view.system],
      ['source', view.source],
      ['metric', view.metric],
      ...Object.entries(view.labels),
    ]
    lines.push(`headroom_sample{${labelsText(labels)}} ${number(view.value)}`)
  }
  for (const { name, help, type, value } of own) {
    lines.push(
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} ${type}`,
      `${name} ${number(value)}`,
    )
  }
  return `${lines.join('\n')}\n`
}

/** Names are made legal and kept apart: a label called `system` beside our own becomes `system_2`. */
function labelsText(labels: readonly [string, string][]): string {
  const taken = new Set<string>()
  return labels
    .map(([given, value]) => {
      const legal = given.replaceAll(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_') || '_'
      let name = legal
      for (let copy = 2; taken.has(name); copy++) name = `${legal}_${copy}`
      taken.add(name)
      return `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
    })
    .join(',')
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return String(value)
  return value > 0 ? '+Inf' : '-Inf'
}
