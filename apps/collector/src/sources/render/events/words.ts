import type { Happening } from '@headroom/shared/model/reading.ts'
import { deployFailureIn, Details, failureIn, type FailureReason, type RenderEvent } from './event.ts'

type As = Extract<Happening, { kind: 'note' }>['as']

/** An event in a person's words. `killed`: the platform ended the process, or its memory was full. */
export type Told = { as: As; text: string; killed: boolean }

/** 128 and the number of SIGKILL. */
const KILLED = 137

/** Ends and beginnings that other events speak of too. */
const UNTOLD: ReadonlySet<string> = new Set([
  'build_started',
  'image_pull_started',
  'autoscaling_started',
  'cron_job_run_started',
  'job_run_started',
  'pre_deploy_started',
  'commit_ignored',
])

/** What an event says; undefined where another says it better. A type nobody has heard of is told by its name. */
export function tell({ type, details }: RenderEvent): Told | undefined {
  if (UNTOLD.has(type)) return undefined
  const parsed = Details.safeParse(details ?? {})
  const said: Details = parsed.success ? parsed.data : {}
  const note = (text: string, as: As = 'note'): Told => ({ as, text, killed: false })
  switch (type) {
    case 'server_failed': {
      const reason = failureIn(said.reason)
      return { as: 'restart', text: `Server failed: ${reasonWords(reason)}${on(said)}.`, killed: true }
    }
    case 'server_restarted':
      return note(isSaid(said.triggeredByUser) ? 'Restarted by hand.' : 'Restarted.', 'restart')
    case 'server_available':
      return note('Server available.')
    case 'server_hardware_failure':
      return note("Render's hardware failed under it.", 'restart')
    case 'deploy_started':
      return note('Deploy started.', 'deploy')
    case 'deploy_ended':
      return deployEnded(said)
    case 'build_ended':
      return said.buildStatus === 'failed' || said.buildStatus === 'canceled'
        ? note(`Build ${said.buildStatus}.`)
        : note('Build done; its version comes next.', 'deploy')
    case 'instance_count_changed':
      return note(`Scaled${fromTo(said)}.`)
    case 'autoscaling_ended':
      return note(`Scaled by itself${fromTo(said)}.`)
    case 'service_suspended':
    case 'suspender_added':
      return note('Suspended: it does not run.')
    case 'service_resumed':
    case 'suspender_removed':
      return note('Resumed.')
    default:
      return note(`${inWords(type)}.`)
  }
}

function deployEnded({ deployStatus, reason }: Details): Told {
  const { failure, build } = deployFailureIn(reason)
  const status = inWords(deployStatus ?? 'ended').toLowerCase()
  const why = failure !== undefined ? `: ${reasonWords(failure)}` : build ? ': its build failed' : ''
  return {
    as: 'deploy',
    text: `Deploy ${status}${why}.`,
    killed: isSaid(failure?.oomKilled) || failure?.nonZeroExit === KILLED,
  }
}

/** Why something failed, in the order of what says most. */
function reasonWords(reason: FailureReason | undefined): string {
  if (reason === undefined) return 'Render does not say why'
  const { oomKilled, nonZeroExit, evicted, evictionReason, unhealthy, timedOutReason, timedOutSeconds } = reason
  if (oomKilled !== undefined && oomKilled !== null)
    return `out of memory${isText(oomKilled.memoryLimit) ? `, of ${short(oomKilled.memoryLimit)}` : ''}`
  if (nonZeroExit === KILLED) return 'killed (exit 137), mostly for want of memory'
  if (typeof nonZeroExit === 'number' && nonZeroExit !== 0) return `its process ended with exit ${nonZeroExit}`
  if (evicted === true) return `moved away by Render${isText(evictionReason) ? ` (${short(evictionReason)})` : ''}`
  if (isText(unhealthy)) return `its health check failed (${short(unhealthy)})`
  if (isText(timedOutReason) || typeof timedOutSeconds === 'number')
    return `it timed out${typeof timedOutSeconds === 'number' ? ` after ${timedOutSeconds} s` : ''}${isText(timedOutReason) ? ` (${short(timedOutReason)})` : ''}`
  if (reason.earlyExit === true) return 'its process ended early'
  return 'Render does not say why'
}

function on({ instanceID }: Details): string {
  return isText(instanceID) ? ` (${short(instanceID)})` : ''
}

function fromTo({ fromInstances, toInstances }: Details): string {
  return typeof fromInstances === 'number' && typeof toInstances === 'number'
    ? ` from ${fromInstances} to ${toInstances} instances`
    : ''
}

const MAX_WORDS = 160

/** Words of the API in a sentence of ours: one line, and not endless. */
function short(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_WORDS)
}

function inWords(name: string): string {
  const words = short(name.replaceAll('_', ' '))
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value !== ''
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false
}
