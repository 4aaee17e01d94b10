import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { GroupCalls } from './calls/group-calls.ts'
import type { Sheet } from './sheet.ts'
import type { Named } from './targets.ts'

/** How many machines of an Auto Scaling group are in service, as the group says. */
export async function lookAtGroup(
  sheet: Sheet,
  calls: GroupCalls,
  { name, labels }: Named,
  region: string,
  signal: AbortSignal,
): Promise<SourceProblem[]> {
  const { AutoScalingGroups = [] } = await calls.describeGroups({ AutoScalingGroupNames: [name] }, signal)
  const [group] = AutoScalingGroups
  if (group === undefined)
    return [
      {
        code: 'unknown_group',
        message: `there is no Auto Scaling group ${name} in ${region}; check \`autoScalingGroup\` and \`region\``,
      },
    ]
  const inService = (group.Instances ?? []).filter(({ LifecycleState }) => LifecycleState === 'InService')
  sheet.gauge(`group ${name}: InService`, 'instances.count', inService.length, labels)
  sheet.gauge(`group ${name}: DesiredCapacity`, 'group.desired', group.DesiredCapacity, labels)
  return []
}
