import { z } from 'zod'
import type { ResourceKind } from '../metrics/kinds.ts'

const Text = z.string().optional().catch(undefined)
const Autoscaling = z.object({ enabled: z.boolean(), min: z.number(), max: z.number() })

const Service = z.object({
  id: z.string(),
  name: z.string().catch('').default(''),
  type: z.string().catch('').default(''),
  suspended: Text,
  serviceDetails: z
    .object({
      plan: Text,
      region: Text,
      numInstances: z.number().optional().catch(undefined),
      autoscaling: Autoscaling.nullish().catch(undefined),
    })
    .partial()
    .nullish()
    .catch(undefined),
})

const Store = z.object({
  id: z.string(),
  name: z.string().catch('').default(''),
  plan: Text,
  region: Text,
  status: Text,
  suspended: Text,
  role: Text,
})

/** How a service, a database or a Key Value instance stands, as far as Render says. */
export type ResourceState = {
  id: string
  name: string
  /** What it is, its plan and where, and how it stands: one line for a person. */
  line: string
  plan: string | undefined
  /** `web_service`, `static_site`, ...; of stores their kind. */
  type: string
  suspended: boolean
  /** Undefined where it cannot be said. */
  healthy: boolean | undefined
}

/** Under which name an entry of a list lies. */
export const WRAPPED = { service: 'service', postgres: 'postgres', keyvalue: 'keyValue' } as const
export const PATHS = { service: '/services', postgres: '/postgres', keyvalue: '/key-value' } as const
export const TITLES = { service: 'service', postgres: 'Postgres', keyvalue: 'Key Value' } as const

/** Reads one resource; undefined where it is not of the form. */
export function readState(kind: ResourceKind, json: unknown): ResourceState | undefined {
  return kind === 'service' ? readService(json) : readStore(kind, json)
}

function readService(json: unknown): ResourceState | undefined {
  const parsed = Service.safeParse(json)
  if (!parsed.success) return undefined
  const { id, name, type, suspended: word, serviceDetails } = parsed.data
  const { plan, region, numInstances, autoscaling } = serviceDetails ?? {}
  const suspended = word === 'suspended'
  const scaling = autoscaling?.enabled === true ? ` (scales by itself, ${autoscaling.min} to ${autoscaling.max})` : ''
  const instances =
    numInstances === undefined ? '' : `${numInstances} ${numInstances === 1 ? 'instance' : 'instances'}${scaling}`
  return {
    id,
    name,
    type,
    plan,
    suspended,
    // Whether it really serves is not said here; that it does not, is.
    healthy: suspended ? false : word === 'not_suspended' ? true : undefined,
    line: line(name, id, [type.replaceAll('_', ' '), plan, region, suspended ? 'suspended' : instances]),
  }
}

/** What a store's status says of it; one that is being changed is neither. */
const HEALTHY: Readonly<Record<string, boolean>> = {
  available: true,
  maintenance_scheduled: true,
  unavailable: false,
  suspended: false,
  recovery_failed: false,
  recovery_in_progress: false,
}

function readStore(kind: 'postgres' | 'keyvalue', json: unknown): ResourceState | undefined {
  const parsed = Store.safeParse(json)
  if (!parsed.success) return undefined
  const { id, name, plan, region, status, role } = parsed.data
  const suspended = status === 'suspended' || parsed.data.suspended === 'suspended'
  return {
    id,
    name,
    type: kind,
    plan,
    suspended,
    healthy: suspended ? false : status === undefined || !Object.hasOwn(HEALTHY, status) ? undefined : HEALTHY[status],
    line: line(name, id, [TITLES[kind], plan, region, role, status?.replaceAll('_', ' ')]),
  }
}

function line(name: string, id: string, parts: readonly (string | undefined)[]): string {
  const said = parts.filter((part) => part !== undefined && part !== '').join(', ')
  return `${name === '' ? id : `${name} (${id})`}: ${said}`.slice(0, 300)
}
