import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { ApiAnswer } from './api-client.ts'

/** A kind of thing that is listed, as permissions and paths name it. */
export type Resource = { group: string; version: string; resource: string; words: string }

export const DEPLOYMENTS: Resource = { group: 'apps', version: 'v1', resource: 'deployments', words: 'deployments' }
export const STATEFUL_SETS: Resource = { group: 'apps', version: 'v1', resource: 'statefulsets', words: 'StatefulSets' }
export const DAEMON_SETS: Resource = { group: 'apps', version: 'v1', resource: 'daemonsets', words: 'DaemonSets' }
export const PODS: Resource = { group: '', version: 'v1', resource: 'pods', words: 'pods' }
export const POD_METRICS: Resource = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  resource: 'pods',
  words: 'CPU and memory of pods',
}
export const DEPLOYMENT_CONFIGS: Resource = {
  group: 'apps.openshift.io',
  version: 'v1',
  resource: 'deploymentconfigs',
  words: 'DeploymentConfigs',
}

export function listPath({ group, version, resource }: Resource, namespace: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  return `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`
}

export type Problem = SourceProblem & { up: 0 | 1 | null }
type NoList = Exclude<ApiAnswer, { kind: 'document' }>

const DOCUMENT = 'docs/sources/kubernetes.md'

/** Why something could not be listed, and what to do. */
export function problemOf(answer: NoList, resource: Resource, namespace: string, renewal: string): Problem {
  if (answer.kind === 'failed') return { code: answer.code, message: answer.message, up: answer.up }
  const { status } = answer
  switch (status) {
    case 401:
      return {
        code: 'unauthorized',
        message: `the API server does not accept the credentials (HTTP 401), or they have expired; ${renewal}`,
        up: 1,
      }
    case 403:
      return forbidden(answer, resource, namespace)
    case 410:
      return {
        code: 'expired_list',
        message: `the list of ${resource.words} expired before its last page came, twice (HTTP 410); the API server is slow, or give a longer \`timeout\``,
        up: 1,
      }
    case 429:
      return {
        code: 'throttled',
        message: `the API server has too much to do and asks to come back later (HTTP 429) for ${resource.words}; set a longer \`every\``,
        up: 1,
      }
  }
  if (resource === POD_METRICS && (status === 404 || status === 503)) return noMetrics(status)
  if (status >= 500)
    return {
      code: 'http_status',
      message: `the API server answers HTTP ${status} for ${resource.words}; look whether the cluster is well`,
      up: 0,
    }
  return {
    code: 'http_status',
    message: `the API server answers HTTP ${status} for ${resource.words}; check the address of the server, and that it is a Kubernetes`,
    up: 1,
  }
}

function forbidden({ message }: NoList & { kind: 'refused' }, resource: Resource, namespace: string): Problem {
  const who = /User "([^"\s]{1,250})"/.exec(message)?.[1]
  return {
    code: 'forbidden',
    message: `${who ?? 'the account'} may not list ${resource.words} in namespace ${namespace} (HTTP 403), or there is no such namespace; add to its Role: ${ruleFor(resource)} (${DOCUMENT} has the whole of it)`,
    up: 1,
  }
}

/** The rule of a Role that lets this be listed. */
export function ruleFor({ group, resource }: Resource): string {
  return `{ apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["list"] }`
}

function noMetrics(status: number): Problem {
  const why =
    status === 404 ? 'the cluster has no metrics-server (HTTP 404)' : 'its metrics-server does not answer (HTTP 503)'
  return {
    code: 'no_metrics',
    message: `CPU and memory of pods are unknown: ${why}; install or mend it, or set \`metrics: false\``,
    up: 1,
  }
}
