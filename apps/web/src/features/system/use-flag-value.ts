import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { Timeline } from '../../data/timeline.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import type { Guide } from './guide.ts'
import { leadsOf, valueNow } from './value-now.ts'
import type { Question } from './value-now.ts'

/** What a flag asks of its system. */
function questionOf(flag: FlagView, guide: Guide): Question {
  return { metric: flag.metric, labels: flag.labels, over: guide.over.get(flag.id) ?? 'each' }
}

export function flagValue(flag: FlagView, guide: Guide, timeline: Timeline): number | null {
  return valueNow(questionOf(flag, guide), flag.compare, {
    series: timeline.seriesOf(flag.system),
    value: (series) => timeline.newest(series).value,
  })
}

/** The value a flag is judged by, as it is now; null while nobody knows it. */
export function useFlagValue(flag: FlagView, guide: Guide): number | null {
  return useTimeline((timeline) => flagValue(flag, guide, timeline))
}

/** A flag whose numbers are all stale is not fine: nobody knows. */
export function useIsBlind(flag: FlagView, guide: Guide): boolean {
  return useTimeline((timeline) => {
    const leads = leadsOf(questionOf(flag, guide), timeline.seriesOf(flag.system))
    return leads.length > 0 && leads.every((series) => timeline.newest(series.id).value === null)
  })
}
