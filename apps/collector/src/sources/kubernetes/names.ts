import { z } from 'zod'
import { didYouMean } from '../../lib/nearest.ts'
import type { Access } from './access/access.ts'
import type { ApiClient } from './api/api-client.ts'
import { type Problem, type Resource, ruleFor } from './api/problem.ts'
import { Page } from './api/resources.ts'

const MAX_NAMED = 10
const Named = z.object({ metadata: z.object({ name: z.string() }) })

/** Where names were looked for; `hidden`: kinds that may not be listed, so one of them may be meant. */
type Sought = { namespace: string; hidden: readonly Resource[] }

/** What is said of workloads that were asked for by name and are not there. */
export function missingWorkloads(
  wanted: readonly string[],
  there: readonly string[],
  { namespace, hidden }: Sought,
): Problem | undefined {
  const missing = wanted.filter((name) => !there.includes(name))
  const [first] = missing
  if (first === undefined) return undefined
  const near = didYouMean(first, there)
  const others = missing.length > 1 ? ` (nor ${missing.slice(1, MAX_NAMED).join(', ')})` : ''
  const has = there.slice(0, MAX_NAMED).join(', ')
  return {
    code: 'no_deployment',
    message: `namespace ${namespace} has no deployment ${JSON.stringify(first)}${others}; ${near ?? 'check `deployments` and `workers`'}${has === '' ? '' : `; it has ${has}${there.length > MAX_NAMED ? ', ...' : ''}`}${hiddenWords(hidden)}`,
    up: 1,
  }
}

/** An empty list is also what a namespace gives that does not exist: where that may be asked, it is. */
export async function nothingThere(
  { client, access, namespace, hidden }: Sought & { client: ApiClient; access: Access },
  signal: AbortSignal,
): Promise<Problem> {
  const answer = await client.get(access, `/api/v1/namespaces/${encodeURIComponent(namespace)}`, signal)
  if (answer.kind === 'document')
    return {
      code: 'no_deployments',
      message: `namespace ${namespace} has no deployments; check \`namespace\`${hiddenWords(hidden)}`,
      up: 1,
    }
  if (answer.kind !== 'refused' || answer.status !== 404)
    return {
      code: 'no_deployments',
      message: `namespace ${namespace} has no deployments, or does not exist; check \`namespace\`${hiddenWords(hidden)}`,
      up: 1,
    }
  const all = await client.get(access, '/api/v1/namespaces?limit=500', signal)
  const page = all.kind === 'document' ? Page.safeParse(all.document).data : undefined
  const names = (page?.items ?? []).flatMap((item) => Named.safeParse(item).data?.metadata.name ?? [])
  return {
    code: 'no_namespace',
    message: `there is no namespace ${JSON.stringify(namespace)}; ${didYouMean(namespace, names) ?? 'check `namespace`'}`,
    up: 1,
  }
}

function hiddenWords(hidden: readonly Resource[]): string {
  return hidden.length === 0
    ? ''
    : `; ${hidden.map(({ words }) => words).join(' and ')} may not be listed, add to the Role: ${hidden.map(ruleFor).join(', ')}`
}
