import type { Abilities } from '../session.ts'
import { asList, asText, isErrorReply, type Command, type Reply } from '../wire/resp.ts'

/** A member of a list, set or sorted set, and the fields asked for of the hashes it names; undefined where there is none. */
export type Row = { member: string; values: (string | undefined)[] }

/** The hash a member names: `key` with the member for its `*`. */
export type Lookup = { key: string; fields: readonly string[]; when?: (member: string) => boolean }

export type Lookups = readonly [Lookup, ...Lookup[]]

export type LookupRequest = {
  key: string
  type: 'list' | 'sorted set'
  /** From the end instead of the beginning. */
  fromEnd: boolean
  most: number
  /** As many where every hash is a command of its own. */
  mostAlone: number
  lookups: Lookups
}

/**
 * Reads fields of the hashes that the first members of a key name. Where the server allows it that is one SORT_RO, which
 * with BY nosort and LIMIT touches only those members; else the members first, and a HMGET for each.
 */
export class FieldLookup {
  readonly #request: LookupRequest
  readonly #abilities: () => Abilities
  #members: string[] = []
  #rows: Row[] = []

  constructor(request: LookupRequest, abilities: () => Abilities) {
    this.#request = request
    this.#abilities = abilities
  }

  cost(): number {
    return this.#abilities().sort === true ? 1 : 1 + this.#request.mostAlone
  }

  first(): Command[] {
    const { key, type, fromEnd, most, mostAlone } = this.#request
    this.#members = []
    this.#rows = []
    if (this.#abilities().sort === true) return [sortCommand(this.#request, most)]
    if (type === 'list') return fromEnd ? [['LRANGE', key, -mostAlone, -1]] : [['LRANGE', key, 0, mostAlone - 1]]
    return [[fromEnd ? 'ZREVRANGE' : 'ZRANGE', key, 0, mostAlone - 1]]
  }

  second(replies: readonly Reply[]): Command[] {
    const { lookups, mostAlone } = this.#request
    const [reply] = replies
    if (this.#abilities().sort === true) {
      // No longer allowed: the next look does without.
      if (isErrorReply(reply) && reply.error.startsWith('NOPERM')) this.#abilities().sort = false
      this.#rows = sortedRows(asList(reply), lookups)
      return []
    }
    this.#members = asList(reply)
      .flatMap((member) => asText(member) ?? [])
      .slice(0, mostAlone)
    return this.#members.map((member) => hashCommand(member, lookups))
  }

  rows(replies: readonly Reply[]): Row[] {
    if (this.#members.length === 0) return this.#rows
    return this.#members.map((member, index) => rowOf(member, replies[index], this.#request.lookups))
  }
}

/** Refused by every server, and for every user, that would refuse the real ones; the keys need not exist. */
export const SORT_TRIAL: Command = ['SORT_RO', 'headroom', 'BY', 'nosort', 'LIMIT', 0, 1, 'GET', 'headroom:*->x']

/** SORT_RO: each member, and behind it the fields in the order of the lookups. */
export function sortCommand(
  { key, fromEnd, lookups }: Pick<LookupRequest, 'key' | 'fromEnd' | 'lookups'>,
  most: number,
): Command {
  const fields = lookups.flatMap((lookup) => lookup.fields.flatMap((field) => ['GET', `${lookup.key}->${field}`]))
  return ['SORT_RO', key, 'BY', 'nosort', 'LIMIT', 0, most, ...(fromEnd ? ['DESC'] : []), 'GET', '#', ...fields]
}

export function sortedRows(list: readonly Reply[], lookups: Lookups): Row[] {
  const width = 1 + lookups.reduce((sum, { fields }) => sum + fields.length, 0)
  const rows: Row[] = []
  for (let at = 0; at + width <= list.length; at += width) {
    const member = asText(list[at])
    if (member !== undefined) rows.push({ member, values: list.slice(at + 1, at + width).map(asText) })
  }
  return rows
}

/** HMGET of the one hash that fits the member best. */
export function hashCommand(member: string, lookups: Lookups): Command {
  const { key, fields } = fitting(member, lookups)
  return ['HMGET', key.replace('*', () => member), ...fields]
}

/** The row a HMGET makes; fields of the other lookups stay unknown. */
export function rowOf(member: string, reply: Reply | undefined, lookups: Lookups): Row {
  const asked = fitting(member, lookups)
  const given = asList(reply).map(asText)
  const values = lookups.flatMap((lookup) =>
    lookup === asked ? lookup.fields.map((_, index) => given[index]) : lookup.fields.map(() => undefined),
  )
  return { member, values }
}

function fitting(member: string, lookups: Lookups): Lookup {
  return lookups.find(({ when }) => when === undefined || when(member)) ?? lookups[0]
}
