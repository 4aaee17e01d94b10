import { catalogued } from '@headroom/shared/metrics.ts'
import { type Labels, labelsKey } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point } from '@headroom/shared/model/reading.ts'
import { derive } from '../../measures/derive.ts'
import type { Target } from './targets.ts'

/** Metrics that follow from others with the same labels, which may come in different pushes. */
export type Derived = {
  note(target: Target, points: readonly Point[]): void
  flush(): Point[]
  /** What followed last. */
  mapped(): Mapped[]
}

type Figure = { value: number; atMs: number; path: string }
type Beside = { labels: Labels; figures: Map<string, Figure>; changedAtMs: number }

export function createDerived(freshMs: number): Derived {
  const besides = new Map<string, Beside>()
  const changed = new Set<Beside>()
  const last = new Map<string, Mapped>()

  function follow({ labels, figures, changedAtMs }: Beside): { point: Point; mapped: Mapped }[] {
    for (const [name, { atMs }] of figures) if (changedAtMs - atMs > freshMs) figures.delete(name)
    const values = new Map([...figures].map(([name, { value }]) => [name, value]))
    return derive(values).map(({ metric, value, from }) => {
      const unit = catalogued(metric)?.unit ?? 'none'
      const path = [...new Set(from.flatMap((name) => figures.get(name)?.path ?? []))].join(', ')
      return {
        point: { metric, unit, labels, value, kind: 'gauge', at: changedAtMs },
        mapped: { path, metric, unit, labels, value, how: 'known' },
      }
    })
  }

  return {
    note({ metric, labels, path }, points) {
      const newest = points.at(-1)
      if (newest?.at === undefined) return
      const key = labelsKey(labels)
      let beside = besides.get(key)
      if (beside === undefined) besides.set(key, (beside = { labels, figures: new Map(), changedAtMs: 0 }))
      beside.figures.set(metric, { value: newest.value, atMs: newest.at, path })
      beside.changedAtMs = Math.max(beside.changedAtMs, newest.at)
      changed.add(beside)
    },
    flush() {
      const all = [...changed].flatMap(follow)
      changed.clear()
      for (const { mapped } of all) last.set(`${mapped.metric}${labelsKey(mapped.labels)}`, mapped)
      return all.map(({ point }) => point)
    },
    mapped: () => [...last.values()],
  }
}
