import type { Status } from '@headroom/shared/contracts.ts'
import { MINUTE } from '@headroom/shared/time.ts'
import type { MadeSystem } from '../made/made-system.ts'
import type { WorldPlan } from '../stories/story.ts'

type Moment = { now: number; start: number; viewers: number; page: string | null; oldestAt: number }

export function statusOf(plan: WorldPlan, systems: readonly MadeSystem[], moment: Moment): Status {
  const { now, start, viewers, page } = moment
  const sources = systems.flatMap((system) => system.sources)
  const failing = sources.filter(
    (source) => source.silentSince !== undefined || (source.never === true && source.error !== undefined),
  ).length
  const pending = sources.filter((source) => source.never === true && source.error === undefined).length
  return {
    version: '0.1.0',
    startedAt: start - 90 * MINUTE,
    now,
    systems: systems.length,
    sources: { ok: sources.length - failing - pending, failing, pending },
    viewers,
    store: {
      kind: 'sqlite',
      bytes: 48_211_968,
      samples: 17_204_511,
      oldestAt: moment.oldestAt,
      writable: plan.notStored === undefined,
      ...(plan.notStored === undefined ? {} : { problem: plan.notStored }),
      retainSeconds: 30 * 86_400,
      maxBytes: 5 * 2 ** 30,
      bytesPerDay: 7_900_000,
      freeBytes: 61 * 2 ** 30,
      ...plan.store,
    },
    config: {
      ok: true,
      file: '/srv/headroom/headroom.yaml',
      readAt: start - 90 * MINUTE,
      problems: [],
      ...plan.config,
    },
    demo: plan.demo ?? false,
    self: {
      cpuPercent: 1.8,
      rssBytes: 88 * 2 ** 20,
      commitP99Ms: 6.2,
      latenessP99Ms: 2.1,
      dropped: 0,
      ...plan.self,
    },
    page: plan.page ?? page,
  }
}
