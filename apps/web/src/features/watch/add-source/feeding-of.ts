import { feeds } from '@headroom/shared/feeding.ts'
import type { PresetView, SourceKindView } from '@headroom/shared/model/source-kind.ts'

/** A flag as far as it matters here: what it is called and looks at. */
export type NamedFlag = Pick<PresetView['flags'][number], 'id' | 'title' | 'metric'>

export type Feeding = {
  /** Those it gives all they need. */
  itself: readonly NamedFlag[]
  /** Those it may give what they need, where what it answers holds it. */
  held: readonly NamedFlag[]
}

/** Which flags a source of this kind and id would feed. */
export function feedingOf(
  kind: Pick<SourceKindView, 'gives' | 'givesWhatItHolds'>,
  id: string,
  flags: readonly NamedFlag[],
  has: (metric: string) => boolean = () => false,
): Feeding {
  const of = Object.groupBy(flags, ({ metric }) => feeds(kind, id, metric, has) ?? 'no')
  return { itself: of.itself ?? [], held: of.held ?? [] }
}
