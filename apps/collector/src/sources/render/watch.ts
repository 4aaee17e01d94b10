import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point, Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { formatDuration } from '@headroom/shared/time.ts'
import { joinReasons } from '../../lib/join-reasons.ts'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import { type Account, leaseAccount } from './account/account.ts'
import { Member } from './member.ts'
import { METRIC_KINDS } from './metrics/kinds.ts'
import type { RenderOptions } from './schema.ts'

/** Values older than this, of something that runs, say nothing of now. */
const LATE_MS = 15 * 60_000
/** So many metrics without values are named. */
const MAX_NAMED = 3
/** A clock that is wrong by more than this is told of. */
const SKEW_MS = 2 * 60_000

/** Watches resources of one system. What it asks is asked together with all others of the same key. */
export function watchRender(options: RenderOptions & CommonOptions, context: SourceContext): PollSource {
  const { clock } = context
  const { service = [], postgres = [], keyvalue = [], events, everyMs, timeoutMs } = options
  const lease = leaseAccount({ url: options.url, apiKey: options.apiKey, timeoutMs }, context)
  const kinds = { service, postgres, keyvalue } as const
  const members = (['service', 'postgres', 'keyvalue'] as const).flatMap((kind) =>
    [...new Set(kinds[kind])].map((id) => new Member({ id, kind, events, everyMs, timeoutMs })),
  )
  for (const member of members) lease.join(member)
  return {
    async poll(signal) {
      const began = clock.monotonic()
      await lease.account.refresh(members, signal)
      const tookSeconds = (clock.monotonic() - began) / 1_000
      return readingOf(members, lease.account, options.maxSeries, tookSeconds)
    },
    [Symbol.asyncDispose]: () => lease[Symbol.asyncDispose](),
  }
}

function readingOf(members: readonly Member[], account: Account, maxSeries: number, tookSeconds: number): Reading {
  const several = members.length > 1
  const labelled = (member: Member, labels: Labels): Labels => (several ? { service: member.id, ...labels } : labels)
  const drained = members.map((member) => ({ member, ...member.drain() }))
  const points = drained.flatMap(({ member, points: own, killsFrom }) =>
    [
      ...(killsFrom === undefined ? [] : [{ ...gauge('kills.total', 'count', 0), at: killsFrom }]),
      // How it stood before is not said again while Render does not answer.
      ...(account.problem === undefined ? standing(member) : []),
      ...own,
    ].map((point) => ({
      ...point,
      labels: labelled(member, point.labels),
    })),
  )
  const mapped = members.flatMap((member) => mappedOf(member, labelled))
  const problem = account.problem ?? problemOf(members, account)
  const known = members.some(({ state }) => state !== undefined)
  const lines = members.flatMap(({ state }) => state?.line ?? [])
  return {
    // It is Render that answers, or does not: of the system nothing is said when it does not.
    up: known && account.problem === undefined ? 1 : null,
    ...(problem === undefined ? {} : { error: problem }),
    ...(account.problem === undefined ? { tookSeconds } : {}),
    points,
    texts: lines.length === 0 ? [] : [{ path: 'Render', lines: lines.slice(0, 50) }],
    happened: drained.flatMap(({ happened }) => happened),
    mapped: mapped.slice(0, maxSeries),
    leftOut: 0,
  }
}

function gauge(metric: string, unit: string, value: number): Point {
  return { metric, unit, value, labels: {}, kind: 'gauge' }
}

/** What holds at this moment, and has no time of its own. */
function standing({ state, kills }: Member): Point[] {
  return [
    ...(state?.healthy === undefined ? [] : [gauge('healthy', 'bool', state.healthy ? 1 : 0)]),
    ...(kills === undefined ? [] : [gauge('kills.total', 'count', kills)]),
  ]
}

function mappedOf(member: Member, labelled: (member: Member, labels: Labels) => Labels): Mapped[] {
  const title = member.state === undefined || member.state.name === '' ? member.id : member.state.name
  const rows = [...standing(member), ...member.newest].map(({ metric, unit, value, labels }): Mapped => ({
    path: title,
    place: null,
    metric,
    unit,
    value,
    labels: labelled(member, labels),
    how: 'known',
  }))
  const none = METRIC_KINDS.filter(({ name }) => member.empty.has(name)).map(({ name }) => name)
  if (none.length === 0) return rows
  const row: Mapped = {
    path: `${title}: ${none.length > MAX_NAMED ? `${none.length} of its metrics` : none.join(', ')}`,
    place: null,
    metric: '',
    unit: 'none',
    value: 'Render gives no values',
    labels: {},
    how: 'ignored',
  }
  return [...rows, row]
}

/** What is wrong: what was refused first, for it does not mend itself. */
function problemOf(members: readonly Member[], { api }: Account): SourceProblem | undefined {
  const now = api.now()
  const refused = members.flatMap((member) => [...member.problems.values()])
  const wrong = joinReasons([...refused, ...members.flatMap((member) => odd(member, now) ?? [])])
  if (wrong !== undefined) return wrong
  if (Math.abs(api.aheadMs) <= SKEW_MS) return undefined
  const far = formatDuration(Math.round(Math.abs(api.aheadMs) / 1_000) * 1_000)
  const message = `the clock of this machine is ${far} ${api.aheadMs > 0 ? 'ahead of' : 'behind'} Render's; set it, for values and notes stand at Render's times`
  return { code: 'clock', message }
}

/** What is not wrong with the question, but with what came: nothing, or only of long ago. */
function odd({ id, state, newest, empty, kind }: Member, now: number): SourceProblem[] | undefined {
  if (state === undefined || state.suspended) return undefined
  const title = state.name === '' ? id : `${state.name} (${id})`
  const measured = newest.filter(({ metric }) => metric !== 'render.bandwidth_bytes')
  if (measured.length === 0) {
    if (state.type === 'cron_job') return undefined
    if (state.type === 'static_site')
      return [
        {
          code: 'no_values',
          message: `${title} is a static site: Render measures nothing of it; watch its address with \`http-json\``,
        },
      ]
    if (!empty.has('memory')) return undefined
    return state.plan === 'free'
      ? [
          {
            code: 'free_plan',
            message: `${title} is on the free plan, of which Render gives no values; choose another instance type, or watch its address with \`http-json\``,
          },
        ]
      : [
          {
            code: 'no_values',
            message: `Render gives no values of ${title}: it may be new, or not run; look at its page on the Render Dashboard`,
          },
        ]
  }
  const at = Math.max(...measured.map((point) => point.at))
  if (now - at <= LATE_MS || kind !== 'service' || state.type === 'cron_job') return undefined
  const old = formatDuration(Math.round((now - at) / 60_000) * 60_000)
  return [
    {
      code: 'old_values',
      message: `the newest values that Render gives of ${title} are ${old} old: they stand at their own times; https://status.render.com says whether its metrics are late`,
    },
  ]
}
