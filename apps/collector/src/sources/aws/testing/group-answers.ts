import type { AwsWorld } from './aws-world.ts'

/** DescribeAutoScalingGroups, asked in a form and answered in XML. */
export function describeGroups(world: AwsWorld, form: URLSearchParams): string {
  const names = [...form].filter(([key]) => key.startsWith('AutoScalingGroupNames.member.')).map(([, name]) => name)
  const members = names.flatMap((name) => {
    const group = world.groups.get(name)
    if (group === undefined) return []
    const instances = group.instances.map(
      ({ id, state }) =>
        `<member><InstanceId>${id}</InstanceId><AvailabilityZone>eu-west-1a</AvailabilityZone><LifecycleState>${state}</LifecycleState><HealthStatus>Healthy</HealthStatus><ProtectedFromScaleIn>false</ProtectedFromScaleIn></member>`,
    )
    return [
      `<member><AutoScalingGroupName>${name}</AutoScalingGroupName><MinSize>1</MinSize><MaxSize>4</MaxSize><DesiredCapacity>${group.desired}</DesiredCapacity><DefaultCooldown>300</DefaultCooldown><HealthCheckType>ELB</HealthCheckType><CreatedTime>2026-01-01T00:00:00Z</CreatedTime><Instances>${instances.join('')}</Instances></member>`,
    ]
  })
  return `<DescribeAutoScalingGroupsResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeAutoScalingGroupsResult><AutoScalingGroups>${members.join('')}</AutoScalingGroups></DescribeAutoScalingGroupsResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DescribeAutoScalingGroupsResponse>`
}
