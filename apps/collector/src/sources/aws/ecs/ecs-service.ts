import type { Deployment, Service, ServiceEvent } from '@aws-sdk/client-ecs'
import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Happening } from '@headroom/shared/model/reading.ts'
import { clean } from '../failure.ts'
import type { Sheet } from '../sheet.ts'

/** What a service of ECS says of itself now. */
export function enterService(sheet: Sheet, place: string, labels: Labels, service: Service): void {
  const { runningCount, desiredCount, pendingCount, deployments = [] } = service
  sheet.gauge(`${place}: runningCount`, 'replicas.ready', runningCount, labels)
  sheet.gauge(`${place}: desiredCount`, 'replicas.desired', desiredCount, labels)
  sheet.gauge(`${place}: pendingCount`, 'replicas.pending', pendingCount, labels)
  sheet.gauge(`${place}: runningCount`, 'instances.count', runningCount, labels)
  sheet.gauge(`${place}: deployments`, 'ecs.deployments', deployments.length, labels)
  const primary = deployments.find(({ status }) => status === 'PRIMARY')
  sheet.gauge(`${place}: failedTasks`, 'ecs.failed_tasks', primary?.failedTasks, labels)
  // One that is to run nothing is neither well nor unwell.
  if (runningCount === undefined || desiredCount === undefined || desiredCount === 0) return
  sheet.gauge(`${place}: runningCount > 0`, 'healthy', runningCount > 0 ? 1 : 0, labels)
}

/** Deployments that began after `since`, or are not done: each a note, told again when it ends. */
export function deploymentNotes({ serviceName = '', deployments = [] }: Service, since: number): Happening[] {
  return deployments.flatMap((deployment): Happening[] => {
    const at = deployment.createdAt?.getTime()
    const open = deployment.rolloutState === 'IN_PROGRESS'
    if (deployment.id === undefined || at === undefined || (at < since && !open)) return []
    const until = open ? undefined : deployment.updatedAt?.getTime()
    return [
      {
        kind: 'note',
        id: `deployment/${deployment.id}`,
        at,
        ...(until === undefined || until <= at ? {} : { until }),
        text: deploymentText(serviceName, deployment),
        as: 'deploy',
      },
    ]
  })
}

function deploymentText(
  service: string,
  { taskDefinition = '', rolloutState, rolloutStateReason }: Deployment,
): string {
  const what = `Deployment of ${clean(taskDefinition)} to ${service}`
  switch (rolloutState) {
    case 'COMPLETED':
      return `${what} completed`
    case 'FAILED':
      return `${what} failed${rolloutStateReason === undefined ? '' : `: ${clean(rolloutStateReason)}`}`
    default:
      return what
  }
}

/** The newest of what ECS keeps, and no more of them at once. */
const MAX_EVENTS = 20

/** What ECS says of a service, oldest first; that it is still steady, which it says every six hours, is no news. */
export function eventNotes({ events = [] }: Service, since: number): Happening[] {
  const news = events.filter(({ createdAt }) => (createdAt?.getTime() ?? 0) >= since)
  return news
    .filter((event, index) => !(isSteady(event) && isSteady(events[index + 1])))
    .slice(0, MAX_EVENTS)
    .toReversed()
    .flatMap(({ id, createdAt, message }): Happening[] =>
      id === undefined || createdAt === undefined || message === undefined
        ? []
        : [{ kind: 'note', id: `event/${id}`, at: createdAt.getTime(), text: clean(message), as: 'note' }],
    )
}

function isSteady(event: ServiceEvent | undefined): boolean {
  return event?.message?.includes('has reached a steady state') === true
}
