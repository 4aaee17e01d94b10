import type { Task } from '@aws-sdk/client-ecs'
import { clean } from '../failure.ts'

/** How a task ended that nobody had asked to. `killed`: for want of memory. */
export type Stop = { id: string; at: number; killed: boolean; text: string }

/** 128 and the number of SIGKILL. */
const KILLED = 137
const UNWELL = /health check|unhealthy/i

/** Undefined for a task that was stopped on purpose: by somebody, a deployment, or scaling. */
export function judgeStop({
  taskArn,
  stoppedAt,
  stopCode,
  stoppedReason = '',
  containers = [],
}: Task): Stop | undefined {
  const id = taskArn?.split('/').at(-1)
  if (id === undefined || stoppedAt === undefined) return undefined
  const starved = containers.find(({ reason }) => reason?.startsWith('OutOfMemory'))
  // ECS itself ends containers with SIGKILL that do not stop when asked to: only one that ended by itself was starved.
  const ended =
    stopCode === 'EssentialContainerExited' ? containers.find(({ exitCode }) => exitCode === KILLED) : undefined
  const victim = starved ?? ended
  const killed = victim !== undefined || stoppedReason.startsWith('OutOfMemory')
  if (!killed && isOnPurpose(stopCode, stoppedReason)) return undefined
  const failed = victim ?? containers.find(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
  const detail = [
    ...(failed?.name === undefined ? [] : [`container ${failed.name}`]),
    ...(failed?.exitCode === undefined ? [] : [`exit ${failed.exitCode}`]),
  ].join(', ')
  const why = killed ? 'killed, out of memory' : clean(stoppedReason === '' ? (stopCode ?? 'stopped') : stoppedReason)
  return {
    id,
    at: stoppedAt.getTime(),
    killed,
    text: `Task ${id.slice(0, 8)}: ${why}${detail === '' ? '' : ` (${detail})`}`,
  }
}

function isOnPurpose(stopCode: string | undefined, reason: string): boolean {
  return stopCode === 'UserInitiated' || (stopCode === 'ServiceSchedulerInitiated' && !UNWELL.test(reason))
}
