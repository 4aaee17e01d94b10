import type {
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
  ListMetricsCommandInput,
  ListMetricsCommandOutput,
} from '@aws-sdk/client-cloudwatch'
import { asAction } from './as-action.ts'
import type { Connection } from './connection.ts'

export type CloudWatchCalls = {
  getMetricData(input: GetMetricDataCommandInput, signal: AbortSignal): Promise<GetMetricDataCommandOutput>
  listMetrics(input: ListMetricsCommandInput, signal: AbortSignal): Promise<ListMetricsCommandOutput>
  /** How far the clock of AWS is before that of this machine, in ms; 0 while it is less than minutes. */
  clockAheadMs(): number
  close(): void
}

export async function openCloudWatch(connection: Connection): Promise<CloudWatchCalls> {
  const { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } = await import('@aws-sdk/client-cloudwatch')
  const client = new CloudWatchClient(connection)
  return {
    getMetricData: (input, abortSignal) =>
      asAction('cloudwatch:GetMetricData', client.send(new GetMetricDataCommand(input), { abortSignal })),
    listMetrics: (input, abortSignal) =>
      asAction('cloudwatch:ListMetrics', client.send(new ListMetricsCommand(input), { abortSignal })),
    clockAheadMs: () => client.config.systemClockOffset,
    close: () => client.destroy(),
  }
}
