import type { SystemView } from '@headroom/shared/model/system.ts'

/** In the demo this machine is real; what else is watched is made up, and says so wherever it is named. */
export function isSimulated(system: Pick<SystemView, 'sources'>, demo: boolean): boolean {
  return demo && system.sources.some((source) => source.type !== 'host')
}
