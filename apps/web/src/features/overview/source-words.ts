import type { SystemView } from '@headroom/shared/model/system.ts'

/** How many sources a system has, and how many of them fail. */
export function sourceWords({ sources }: Pick<SystemView, 'sources'>): string {
  const failing = sources.filter((source) => source.state === 'failing').length
  if (sources.length === 0) return 'no source'
  if (sources.length === 1) return failing === 1 ? 'its source fails' : '1 source'
  return failing === 0
    ? `${sources.length} sources`
    : `${failing} of ${sources.length} sources ${failing === 1 ? 'fails' : 'fail'}`
}
