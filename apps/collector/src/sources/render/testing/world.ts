/** Something on the fake Render that can be asked about. */
export type FakeResource = {
  id: string
  name: string
  kind: 'service' | 'postgres' | 'keyvalue'
  type: string
  plan: string
  suspended: boolean
  /** Of a store. */
  status: string
  /** Names of its instances; a store has one. */
  instances: string[]
  /**
   * What a metric is at a time, of an instance or in all; undefined where there is no value. `http-requests` gives the
   * requests of a whole minute by status, `http-latency` ms by quantile. Without one the metric is answered with `[]`.
   */
  metrics: Partial<Record<string, (at: number, of: string) => number | undefined>>
  /** The statuses that `http-requests` tells apart. */
  statuses: string[]
}

export type FakeEvent = { id: string; serviceId: string; timestamp: number; type: string; details: unknown }

const GIB = 2 ** 30

/** A web service of the Standard plan with one instance, in moderate use. */
export function fakeService(id: string, own: Partial<FakeResource> = {}): FakeResource {
  const measured = own.plan !== 'free' && own.type !== 'static_site'
  return {
    id,
    name: id.replace(/^srv-/, ''),
    kind: 'service',
    type: 'web_service',
    plan: 'standard',
    suspended: false,
    status: 'available',
    instances: [`${id}-aaaaa`],
    statuses: ['200', '503'],
    ...own,
    metrics: {
      ...(measured
        ? {
            'cpu-limit': () => 1,
            cpu: () => 0.25,
            'memory-limit': () => 2 * GIB,
            memory: () => 0.5 * GIB,
            'http-requests': (_, status) => (status === '200' ? 120 : undefined),
            'http-latency': (_, quantile) => 1_000 * Number(quantile),
            'instance-count': () => own.instances?.length ?? 1,
            bandwidth: () => 12.5,
          }
        : {}),
      ...own.metrics,
    },
  }
}

/** A Postgres database or a Key Value instance. */
export function fakeStore(id: string, own: Partial<FakeResource> = {}): FakeResource {
  const kind = id.startsWith('dpg-') ? 'postgres' : 'keyvalue'
  return {
    id,
    name: id.replace(/^(dpg|red)-/, ''),
    kind,
    type: kind,
    plan: 'basic_1gb',
    suspended: false,
    status: 'available',
    instances: [id],
    statuses: [],
    ...own,
    metrics: {
      'cpu-limit': () => 0.5,
      cpu: () => 0.1,
      'memory-limit': () => GIB,
      memory: () => 0.25 * GIB,
      'disk-capacity': () => 10e9,
      'disk-usage': () => 4e9,
      'active-connections': () => 12,
      ...own.metrics,
    },
  }
}

/** The resource as its single GET gives it, and as an entry of a list holds it. */
export function describeResource({ id, name, kind, type, plan, suspended, status, instances }: FakeResource): object {
  const word = suspended ? 'suspended' : 'not_suspended'
  if (kind !== 'service')
    return {
      id,
      name,
      plan,
      region: 'frankfurt',
      status: suspended ? 'suspended' : status,
      suspended: word,
      suspenders: suspended ? ['user'] : [],
      ...(kind === 'postgres'
        ? { version: '17', role: 'primary', highAvailabilityEnabled: false, readReplicas: [] }
        : {}),
      createdAt: '2026-01-05T10:00:00Z',
      updatedAt: '2026-01-05T10:00:00Z',
    }
  return {
    id,
    name,
    ownerId: 'tea-abc123',
    type,
    slug: name,
    suspended: word,
    suspenders: suspended ? ['user'] : [],
    autoDeploy: 'yes',
    dashboardUrl: `https://dashboard.render.com/web/${id}`,
    createdAt: '2026-01-05T10:00:00Z',
    updatedAt: '2026-01-05T10:00:00Z',
    serviceDetails: { plan, region: 'frankfurt', runtime: 'python', numInstances: instances.length, env: 'python' },
  }
}
