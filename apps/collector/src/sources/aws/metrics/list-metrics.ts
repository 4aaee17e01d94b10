import type { CloudWatchCalls } from '../calls/cloudwatch-calls.ts'
import { AGENT, type AgentDimensions } from './machine-targets.ts'
import type { Target } from './target.ts'

const MAX_PAGES = 5
/** Machines of a group whose memory is looked at; more would be a bill. */
const MAX_AGENTS = 20

/**
 * Under which dimensions the CloudWatch agent gives memory for what `dimension` names: they are what its configuration
 * says, and a question must name all of them. Only such as had a value within three hours.
 */
export async function agentDimensions(
  calls: CloudWatchCalls,
  dimension: { Name: string; Value: string },
  signal: AbortSignal,
): Promise<AgentDimensions> {
  const found: Record<string, string>[] = []
  const input = {
    Namespace: AGENT.namespace,
    MetricName: AGENT.name,
    Dimensions: [dimension],
    RecentlyActive: 'PT3H' as const,
  }
  let NextToken: string | undefined
  for (let page = 0; page < MAX_PAGES && found.length < MAX_AGENTS; page++) {
    const answer = await calls.listMetrics(NextToken === undefined ? input : { ...input, NextToken }, signal)
    for (const { Dimensions = [] } of answer.Metrics ?? [])
      found.push(Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value])))
    NextToken = answer.NextToken
    if (NextToken === undefined || NextToken === '') break
  }
  // An aggregate over the machines of a group stands beside them; the fullest is sought, so it does no harm.
  return found.slice(0, MAX_AGENTS)
}

/** Whether CloudWatch has had any metric of a target within two weeks. */
export async function isListed(calls: CloudWatchCalls, { queries }: Target, signal: AbortSignal): Promise<boolean> {
  const [query] = queries
  if (query === undefined) return true
  const Dimensions = Object.entries(query.dimensions).map(([Name, Value]) => ({ Name, Value }))
  const answer = await calls.listMetrics({ Namespace: query.namespace, Dimensions }, signal)
  return (answer.Metrics ?? []).length > 0 || answer.NextToken !== undefined
}
