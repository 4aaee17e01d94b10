import type {
  DescribeClustersCommandInput,
  DescribeClustersCommandOutput,
  DescribeServicesCommandInput,
  DescribeServicesCommandOutput,
  DescribeTasksCommandInput,
  DescribeTasksCommandOutput,
  ListTasksCommandInput,
  ListTasksCommandOutput,
} from '@aws-sdk/client-ecs'
import { asAction } from './as-action.ts'
import type { Connection } from './connection.ts'

export type EcsCalls = {
  describeClusters(input: DescribeClustersCommandInput, signal: AbortSignal): Promise<DescribeClustersCommandOutput>
  describeServices(input: DescribeServicesCommandInput, signal: AbortSignal): Promise<DescribeServicesCommandOutput>
  listTasks(input: ListTasksCommandInput, signal: AbortSignal): Promise<ListTasksCommandOutput>
  describeTasks(input: DescribeTasksCommandInput, signal: AbortSignal): Promise<DescribeTasksCommandOutput>
  close(): void
}

export async function openEcs(connection: Connection): Promise<EcsCalls> {
  const { DescribeClustersCommand, DescribeServicesCommand, DescribeTasksCommand, ECSClient, ListTasksCommand } =
    await import('@aws-sdk/client-ecs')
  const client = new ECSClient(connection)
  return {
    describeClusters: (input, abortSignal) =>
      asAction('ecs:DescribeClusters', client.send(new DescribeClustersCommand(input), { abortSignal })),
    describeServices: (input, abortSignal) =>
      asAction('ecs:DescribeServices', client.send(new DescribeServicesCommand(input), { abortSignal })),
    listTasks: (input, abortSignal) =>
      asAction('ecs:ListTasks', client.send(new ListTasksCommand(input), { abortSignal })),
    describeTasks: (input, abortSignal) =>
      asAction('ecs:DescribeTasks', client.send(new DescribeTasksCommand(input), { abortSignal })),
    close: () => client.destroy(),
  }
}
