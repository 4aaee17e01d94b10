import type { Named } from '../targets.ts'
import type { Query, Target } from './target.ts'

export const AGENT = { namespace: 'CWAgent', name: 'mem_used_percent' } as const

/** Sets of dimensions under which the CloudWatch agent gives the memory of a machine, or of each machine of a group. */
export type AgentDimensions = readonly Readonly<Record<string, string>>[]

/** An EC2 instance. EC2 itself says nothing of memory: that is the agent's, where one runs. */
export function instanceTarget({ name, labels }: Named, agent: AgentDimensions): Target {
  return { ...machine(`instance ${name}`, labels, { InstanceId: name }, agent), listed: true }
}

/** An Auto Scaling group: the CPU of all its machines, and the memory of the one that is fullest. */
export function groupTarget({ name, labels }: Named, agent: AgentDimensions): Target {
  return machine(`group ${name}`, labels, { AutoScalingGroupName: name }, agent)
}

function machine(
  place: string,
  labels: Named['labels'],
  dimensions: Record<string, string>,
  agent: AgentDimensions,
): Target {
  const memories = agent.map((found, index): Query => ({
    key: `memory${index}`,
    ...AGENT,
    dimensions: found,
    stat: 'Average',
  }))
  return {
    place,
    labels,
    // Whether there is such a group is asked elsewhere.
    listed: false,
    queries: [
      { key: 'CPUUtilization', namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions, stat: 'Average' },
      ...memories,
    ],
    figures({ value }) {
      const known = memories.flatMap(({ key }) => value(key) ?? [])
      return [
        { from: 'CPUUtilization', metric: 'cpu.used_percent', value: value('CPUUtilization') },
        {
          from: 'CWAgent mem_used_percent',
          metric: 'memory.used_percent',
          value: known.length === 0 ? undefined : Math.max(...known),
        },
      ]
    },
  }
}
