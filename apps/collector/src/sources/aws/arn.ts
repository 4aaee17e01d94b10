/** `arn:aws:ecs:eu-west-1:123456789012:service/captions/web`: the region, where the text is an ARN. */
export function regionOfArn(text: string): string | undefined {
  const [arn, , , region] = text.split(':')
  return arn === 'arn' && region !== '' ? region : undefined
}

/** The cluster of a service, where the text is its ARN: `arn:aws:ecs:REGION:ACCOUNT:service/captions/web`. */
export function clusterOfArn(text: string): string | undefined {
  return /^arn:[^:]+:ecs:[^:]*:[^:]*:service\/([^/]+)\/[^/]+$/.exec(text)?.[1]
}

/** What stands behind the kind in an ARN, as the metrics of that kind call it; any other text is such a name already. */
export function resourceOf(kind: string, text: string): string {
  if (!text.startsWith('arn:')) return text
  const resource = text.split(':').slice(5).join(':')
  switch (kind) {
    case 'targetgroup':
      return resource
    case 'loadbalancer':
      return resource.replace(/^loadbalancer\//, '')
    case 'autoScalingGroup':
      return resource.replace(/^.*autoScalingGroupName\//, '')
    default:
      // service/CLUSTER/NAME, task/CLUSTER/ID, cluster/NAME, db:NAME
      return resource.split(/[/:]/).at(-1) ?? ''
  }
}
