/**
 * A variable that AWS itself sets in its containers, or that its own tools are configured by: it says where this process
 * runs, and is no setting of Headroom's, so it does not stand in headroom.yaml.
 */
export function awsVariable(name: `AWS_${string}` | `ECS_${string}`): string | undefined {
  // oxlint-disable-next-line no-restricted-properties -- see above
  return process.env[name]
}
