import type { SourceKindView, SourceOption } from '@headroom/shared/model/source-kind.ts'
import { formatDuration } from '@headroom/shared/time.ts'
import type { Source, SourceModule } from '../sources/types.ts'
import { REQUEST_OPTION_NAMES } from './source-help.ts'
import { sourceOptions } from './source-options.ts'
import { CommonFields, sourceJsonSchema, type SourceTable } from './source-schema.ts'

/** What every source that is asked gives, whatever its kind. */
const ALWAYS = ['up', 'probe.seconds']
/** Options that many kinds share and few sources need. */
const SELDOM: ReadonlySet<string> = new Set([...Object.keys(CommonFields.shape), ...REQUEST_OPTION_NAMES])

/** The kinds of source as the screen offers them: everything follows from the table. */
export function sourceKinds(table: SourceTable): SourceKindView[] {
  return Object.entries(table).map(([kind, module]) => sourceKind(kind, module))
}

/** What the common options are where they are not given. */
function commonDefaults(kind: string, { defaults }: SourceModule<unknown, Source>): Record<string, string | number> {
  const { everyMs, timeoutMs, maxSeries } = defaults
  return { id: kind, every: formatDuration(everyMs), timeout: formatDuration(timeoutMs), maxSeries }
}

function sourceKind(kind: string, module: SourceModule<unknown, Source>): SourceKindView {
  const { title, about, gives, pushed = false, route, sender } = module
  const options = sourceOptions(sourceJsonSchema(kind, module)).map((option): SourceOption => {
    const preset = commonDefaults(kind, module)[option.name]
    return { ...option, folded: SELDOM.has(option.name), ...(preset === undefined ? {} : { default: preset }) }
  })
  return {
    kind,
    title,
    about,
    gives: [...ALWAYS, ...(gives === 'what it holds' ? [] : gives)],
    givesWhatItHolds: gives === 'what it holds',
    pushed,
    paths: [...(route?.paths ?? [])],
    ...(sender === undefined ? {} : { sender }),
    options,
  }
}
