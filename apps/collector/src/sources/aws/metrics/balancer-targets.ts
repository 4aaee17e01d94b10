import type { Named } from '../targets.ts'
import { share, type Figure, type Query, type Said, type Target } from './target.ts'

const NAMESPACE = 'AWS/ApplicationELB'
/** What the load balancer answers by itself, by status. */
const OWN = ['500', '502', '503', '504']

/**
 * What goes through an Application Load Balancer: of its target groups where they are named, else of all. What it answers
 * by itself it counts for all alone.
 */
export function balancerTargets(loadBalancer: string, groups: readonly Named[]): Target[] {
  const ways = groups.length === 0 ? [{ name: undefined, labels: {} }] : groups
  // With one way through it, its own answers are failures of that way.
  const traffic = ways.map(({ name, labels }) => trafficTarget(loadBalancer, name, labels, ways.length === 1))
  const hosts = groups.map((group) => hostsTarget(loadBalancer, group))
  return [...traffic, ...(ways.length === 1 ? [] : [ownTarget(loadBalancer)]), ...hosts]
}

function trafficTarget(
  loadBalancer: string,
  group: string | undefined,
  labels: Named['labels'],
  alone: boolean,
): Target {
  const dimensions = { LoadBalancer: loadBalancer, ...(group === undefined ? {} : { TargetGroup: group }) }
  const query = (name: string, stat: Query['stat'], key = name): Query => ({
    key,
    namespace: NAMESPACE,
    name,
    dimensions,
    stat,
  })
  return {
    place: `load balancer ${short(loadBalancer)}${group === undefined ? '' : ` to ${short(group)}`}`,
    labels,
    listed: true,
    queries: [
      query('RequestCount', 'Sum'),
      query('TargetResponseTime', 'p50', 'p50'),
      query('TargetResponseTime', 'p95', 'p95'),
      query('HTTPCode_Target_5XX_Count', 'Sum'),
      ...(alone ? ownQueries(loadBalancer) : []),
    ],
    figures(said) {
      const requests = said.value('RequestCount')
      const failed = counted(said, 'HTTPCode_Target_5XX_Count', requests)
      return [
        { from: 'RequestCount', metric: 'requests.per_minute', value: perMinute(requests, said) },
        { from: 'TargetResponseTime p50', metric: 'latency.p50_seconds', value: said.value('p50') },
        { from: 'TargetResponseTime p95', metric: 'latency.p95_seconds', value: said.value('p95') },
        responses('HTTPCode_Target_5XX_Count', '5xx', perMinute(failed, said)),
        ...(alone ? ownFigures(said) : []),
        {
          from: `HTTPCode_Target_5XX_Count${alone ? ', HTTPCode_ELB_5XX_Count' : ''}`,
          metric: 'errors.percent',
          value: errorsPercent(said, alone),
        },
      ]
    },
  }
}

/** Of several target groups nobody can say whose request the load balancer has answered by itself. */
function ownTarget(loadBalancer: string): Target {
  return {
    place: `load balancer ${short(loadBalancer)}`,
    labels: {},
    listed: true,
    queries: [
      {
        key: 'RequestCount',
        namespace: NAMESPACE,
        name: 'RequestCount',
        dimensions: { LoadBalancer: loadBalancer },
        stat: 'Sum',
      },
      ...ownQueries(loadBalancer),
    ],
    figures: ownFigures,
  }
}

function hostsTarget(loadBalancer: string, { name, labels }: Named): Target {
  const dimensions = { LoadBalancer: loadBalancer, TargetGroup: name }
  return {
    place: `target group ${short(name)}`,
    labels,
    listed: true,
    queries: [
      { key: 'HealthyHostCount', namespace: NAMESPACE, name: 'HealthyHostCount', dimensions, stat: 'Minimum' },
      { key: 'UnHealthyHostCount', namespace: NAMESPACE, name: 'UnHealthyHostCount', dimensions, stat: 'Maximum' },
    ],
    figures: ({ value }) => [
      { from: 'HealthyHostCount', metric: 'hosts.healthy', value: value('HealthyHostCount') },
      { from: 'UnHealthyHostCount', metric: 'hosts.unhealthy', value: value('UnHealthyHostCount') },
    ],
  }
}

function ownQueries(loadBalancer: string): Query[] {
  const dimensions = { LoadBalancer: loadBalancer }
  return ['5XX', ...OWN].map((kind) => {
    const name = `HTTPCode_ELB_${kind}_Count`
    return { key: name, namespace: NAMESPACE, name, dimensions, stat: 'Sum' }
  })
}

function ownFigures(said: Said): Figure[] {
  return OWN.map((status) => {
    const name = `HTTPCode_ELB_${status}_Count`
    return responses(name, status, perMinute(counted(said, name, said.value('RequestCount')), said))
  })
}

/**
 * The counts of status codes are said only where they are not zero, so one that is missing is zero, as long as requests
 * of the same period are counted and it was said whole. Where nothing at all is said, nothing is known.
 */
function counted({ value, isWhole }: Said, key: string, requests: number | undefined): number | undefined {
  return value(key) ?? (requests !== undefined && isWhole(key) ? 0 : undefined)
}

/** Requests turned away before a target was chosen (503) are not among the counted ones. */
function errorsPercent(said: Said, alone: boolean): number | undefined {
  const requests = said.value('RequestCount')
  if (requests === undefined && !said.isWhole('RequestCount')) return undefined
  const anything = requests ?? (alone ? said.value('HTTPCode_ELB_5XX_Count') : undefined)
  const failed = counted(said, 'HTTPCode_Target_5XX_Count', anything)
  const own = alone ? counted(said, 'HTTPCode_ELB_5XX_Count', anything) : 0
  const turnedAway = alone ? counted(said, 'HTTPCode_ELB_503_Count', anything) : 0
  if (failed === undefined || own === undefined || turnedAway === undefined) return undefined
  const percent = share(failed + own, Math.max((requests ?? 0) + turnedAway, own))
  return percent === undefined ? undefined : Math.min(100, percent)
}

function responses(from: string, status: string, value: number | undefined): Figure {
  return { from, metric: 'responses.per_minute', value, labels: { status } }
}

function perMinute(count: number | undefined, { minutes }: Said): number | undefined {
  return count === undefined ? undefined : count / minutes
}

/** `app/captions/50dc6c495c0c9188` is `captions`. */
function short(name: string): string {
  return name.split('/')[1] ?? name
}
