import { z } from 'zod'
import { notRender } from '../account/failure.ts'
import type { Member } from '../member.ts'
import type { ResourceKind } from '../metrics/kinds.ts'
import { PATHS, readState, TITLES, WRAPPED } from '../state/resource-state.ts'
import { byResource, each, Stopped, type Sweep } from './sweep.ts'

/** So many are asked for one by one; of more the list of all is read. */
const SINGLY = 4
const PAGE = 100
const MAX_PAGES = 20
/** One that Render does not know is asked for again after this. */
const ABSENT_MS = 5 * 60_000
const KINDS: readonly ResourceKind[] = ['service', 'postgres', 'keyvalue']

const Page = z.array(z.record(z.string(), z.unknown()))

/** How each resource stands; those that Render does not know are told so, and are not asked about further. */
export async function sweepStates(sweep: Sweep): Promise<void> {
  for (const kind of KINDS) {
    const wanted = byResource(sweep.members.filter((member) => member.kind === kind))
    const found = wanted.size > SINGLY ? await readList(sweep, kind, wanted) : new Set<string>()
    // The list may be longer than is read, and an id may be wrong: what was not in it is asked for by itself.
    const rest = [...wanted].filter(
      ([id, members]) => !found.has(id) && members.some(({ absentUntil }) => absentUntil <= sweep.atMs),
    )
    await each(rest, ([id, members]) => readOne(sweep, kind, id, members))
  }
}

async function readList(
  { api, signal }: Sweep,
  kind: ResourceKind,
  wanted: ReadonlyMap<string, readonly Member[]>,
): Promise<Set<string>> {
  const found = new Set<string>()
  let cursor = ''
  for (let page = 0; page < MAX_PAGES && found.size < wanted.size; page++) {
    const query = { limit: String(PAGE), ...(cursor === '' ? {} : { cursor }) }
    const answer = await api.get(PATHS[kind], query, `the list of ${TITLES[kind]}`, signal)
    if (answer.kind === 'refusal') {
      if (answer.whole) throw new Stopped(answer)
      // There is always a list, if only an empty one: where there is none, something else answers.
      if (answer.status === 404) throw new Stopped(notRender(`the list of ${TITLES[kind]}`))
      return found
    }
    const entries = Page.safeParse(answer.json)
    if (!entries.success) throw new Stopped(notRender(`the list of ${TITLES[kind]}`))
    for (const entry of entries.data) {
      const state = readState(kind, entry[WRAPPED[kind]])
      if (state === undefined) continue
      for (const member of wanted.get(state.id) ?? []) {
        found.add(state.id)
        member.state = state
        member.problems.delete('state')
        member.absentUntil = -Infinity
      }
    }
    const next = entries.data.at(-1)?.['cursor']
    // How long a page is at most is the server's to say: only an empty one is surely the last.
    if (typeof next !== 'string' || next === '' || next === cursor) break
    cursor = next
  }
  return found
}

async function readOne(
  { api, signal, atMs }: Sweep,
  kind: ResourceKind,
  id: string,
  members: readonly Member[],
): Promise<void> {
  const what = `${TITLES[kind]} ${id}`
  const answer = await api.get(`${PATHS[kind]}/${encodeURIComponent(id)}`, {}, what, signal)
  if (answer.kind === 'refusal' && answer.whole) throw new Stopped(answer)
  const state = answer.kind === 'answer' ? readState(kind, answer.json) : undefined
  const problem = answer.kind === 'refusal' ? answer.problem : state === undefined ? notRender(what).problem : undefined
  const unknown = problem?.code === 'unknown_service' || problem?.code === 'no_permission'
  for (const member of members) {
    member.absentUntil = unknown ? atMs + ABSENT_MS : -Infinity
    if (unknown) member.state = undefined
    if (state !== undefined) member.state = state
    if (problem === undefined) member.problems.delete('state')
    else member.problems.set('state', problem)
  }
}
