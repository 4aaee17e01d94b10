import type { Labels } from '@headroom/shared/model/labels.ts'
import { parseDuration } from '@headroom/shared/time.ts'
import { clusterOfArn, resourceOf } from './arn.ts'
import type { AwsOptions } from './schema.ts'

/** One thing that is watched, under the name that its metrics have; labelled only where there are several of its kind. */
export type Named = { name: string; labels: Labels }

/** What the options name. */
export type Targets = {
  cluster: string
  services: readonly Named[]
  loadBalancer: string | undefined
  targetGroups: readonly Named[]
  instances: readonly Named[]
  group: Named | undefined
  databases: readonly Named[]
  caches: readonly Named[]
}

export function targetsOf(options: AwsOptions): Targets {
  const names = (kind: string, given: string | readonly string[] | undefined): string[] => [
    ...new Set([given ?? []].flat().map((text) => resourceOf(kind, text))),
  ]
  const [services, instances] = [names('service', options.service), names('instance', options.instance)]
  const clusters = [options.service ?? []].flat().flatMap((text) => clusterOfArn(text) ?? [])
  const group = names('autoScalingGroup', options.autoScalingGroup)[0]
  // All three say how much CPU and memory is used: one alone needs no label.
  const several = services.length + instances.length + (group === undefined ? 0 : 1) > 1
  return {
    cluster: names('cluster', options.cluster)[0] ?? clusters[0] ?? 'default',
    services: services.map((name) => ({ name, labels: several ? { service: name } : {} })),
    loadBalancer: names('loadbalancer', options.loadBalancer)[0],
    targetGroups: labelled('pool', names('targetgroup', options.targetGroup), (name) => name.split('/')[1] ?? name),
    instances: instances.map((name) => ({ name, labels: several ? { instance: name } : {} })),
    group: group === undefined ? undefined : { name: group, labels: several ? { service: group } : {} },
    databases: labelled('instance', names('db', options.db)),
    caches: labelled('instance', names('cache', options.cache)),
  }
}

function labelled(label: string, names: readonly string[], short = (name: string) => name): Named[] {
  return names.map((name) => ({ name, labels: names.length > 1 ? { [label]: short(name) } : {} }))
}

export function periodMsOf({ period }: AwsOptions): number {
  return parseDuration(period) ?? 60_000
}
