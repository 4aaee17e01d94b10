import type { z } from 'zod'
import type { Access } from '../access/access.ts'
import type { ApiAnswer, ApiClient } from './api-client.ts'
import { Page } from './resources.ts'

type Whole<Item> = { kind: 'list'; items: Item[]; unread: number; date: number | undefined }

/** A whole list, or why there is none. `unread`: entries that were not as they should be. */
export type Listed<Item> = Whole<Item> | Exclude<ApiAnswer, { kind: 'document' }>

export type ListRequest<Item> = {
  client: ApiClient
  access: Access
  path: string
  item: z.ZodType<Item>
  signal: AbortSignal
}

/** A pod with everything that controllers write into it is some 10 to 20 KB: what a page takes of memory is this much at once. */
const PAGE = 50
/** 20,000 entries; beyond that a namespace is not watched by listing it. */
const MAX_PAGES = 400
/** A list that takes too long expires on the way, and is begun again. */
const BEGINNINGS = 2

/** Lists page by page, so that no more than a page is held as it came. */
export async function list<Item>(request: ListRequest<Item>): Promise<Listed<Item>> {
  for (let begun = 1; ; begun++) {
    const listed = await listOnce(request)
    const expired = listed.kind === 'refused' && listed.status === 410
    if (!expired || begun === BEGINNINGS) return listed
  }
}

async function listOnce<Item>(request: ListRequest<Item>): Promise<Listed<Item>> {
  const whole: Whole<Item> = { kind: 'list', items: [], unread: 0, date: undefined }
  let next = ''
  for (let page = 1; page <= MAX_PAGES; page++) {
    const taken = await takePage(request, next, whole)
    if (taken.kind !== 'taken') return taken
    next = taken.next
    if (next === '') return whole
  }
  return {
    kind: 'failed',
    code: 'too_many',
    message: `there are more than ${PAGE * MAX_PAGES} entries at ${request.path}, which is more than is listed; watch another namespace`,
    up: 1,
  }
}

/** Adds one page to the list. By itself, so that the page as it came is let go before the next one is asked for. */
async function takePage<Item>(
  { client, access, path, item, signal }: ListRequest<Item>,
  from: string,
  whole: Whole<Item>,
): Promise<{ kind: 'taken'; next: string } | Exclude<Listed<Item>, { kind: 'list' }>> {
  const query = `limit=${PAGE}${from === '' ? '' : `&continue=${encodeURIComponent(from)}`}`
  const answer = await client.get(access, `${path}?${query}`, signal)
  if (answer.kind !== 'document') return answer
  whole.date ??= answer.date
  const parsed = Page.safeParse(answer.document)
  if (!parsed.success) return NO_LIST
  for (const entry of parsed.data.items ?? []) {
    const read = item.safeParse(entry)
    if (read.success) whole.items.push(read.data)
    else whole.unread++
  }
  return { kind: 'taken', next: parsed.data.metadata?.continue ?? '' }
}

const NO_LIST: Exclude<Listed<never>, { kind: 'list' }> = {
  kind: 'failed',
  code: 'not_kubernetes',
  message: 'what answers there is no Kubernetes API server: its answer is no list; check the address of the server',
  up: 1,
}
