import type {
  DescribeAutoScalingGroupsCommandInput,
  DescribeAutoScalingGroupsCommandOutput,
} from '@aws-sdk/client-auto-scaling'
import { asAction } from './as-action.ts'
import type { Connection } from './connection.ts'

export type GroupCalls = {
  describeGroups(
    input: DescribeAutoScalingGroupsCommandInput,
    signal: AbortSignal,
  ): Promise<DescribeAutoScalingGroupsCommandOutput>
  close(): void
}

export async function openGroups(connection: Connection): Promise<GroupCalls> {
  const { AutoScalingClient, DescribeAutoScalingGroupsCommand } = await import('@aws-sdk/client-auto-scaling')
  const client = new AutoScalingClient(connection)
  return {
    describeGroups: (input, abortSignal) =>
      asAction(
        'autoscaling:DescribeAutoScalingGroups',
        client.send(new DescribeAutoScalingGroupsCommand(input), { abortSignal }),
      ),
    close: () => client.destroy(),
  }
}
