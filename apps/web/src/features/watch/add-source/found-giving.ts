import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import type { Added } from './adding.ts'

/** What a trial gave, as what the source gives; undefined where nothing was tried, or nothing found. */
export function foundGiving(adding: Added['adding']): Pick<SourceKindView, 'gives' | 'givesWhatItHolds'> | undefined {
  if (adding.step !== 'tried' && adding.step !== 'writing') return undefined
  const mapped = adding.trial.tried.flatMap((source) => source.mapped).filter(({ how }) => how !== 'ignored')
  if (mapped.length === 0) return undefined
  return { gives: ['up', 'probe.seconds', ...mapped.map(({ metric }) => metric)], givesWhatItHolds: false }
}
