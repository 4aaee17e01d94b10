import { isLabel, LABELS, type Label } from '@headroom/shared/model/labels.ts'
import { isStatusCode, isSummaryKey, looksLikeId } from './key-kinds.ts'
import { keyWords } from './key-words.ts'
import { labelValue, splitWords } from './sanitise.ts'
import { NEUTRAL, OWNERS } from './words.ts'

export type Item = { labels: Record<string, string>; value: unknown; skip: ReadonlySet<string> }

/** Fields that name a thing where the label itself is not among them. */
const NAMES: Readonly<Partial<Record<Label, readonly string[]>>> = {
  disk: ['mount', 'mountpoint', 'path', 'device', 'name'],
  interface: ['name', 'iface', 'device'],
}
const DEFAULT_NAMES = ['name', 'id', 'hostname'] as const
/** These describe rather than name: they label only what nothing else does, and never things, two of which may be alike. */
const DESCRIBING: ReadonlySet<string> = new Set(['status', 'state'])

/** Queues are often called after what they are for, or after the library. */
const QUEUES: ReadonlySet<string> = new Set('celery rq bullmq sidekiq uploads emails images files captions'.split(' '))

export function isQueueName(key: string): boolean {
  return QUEUES.has(key.toLowerCase())
}

/** A number under these is of the thing and not its name. */
const MEASURES: ReadonlySet<string> = new Set(['queue', 'pool', 'disk', 'replica', 'service', 'interface'])

/** What may follow the name of a kind of thing: `queue_stats` is about queues, too. */
const TELLING: ReadonlySet<string> = new Set(['stats', 'statistics', 'info', 'details'])

/** `queues` is about queues: the label that things standing under this key have. */
function labelOfPlural(key: string): Label | undefined {
  const words = splitWords(key)
  const word = (TELLING.has(words.at(-1) ?? '') ? words.at(-2) : words.at(-1)) ?? ''
  if (isTelling(key) && isLabel(word)) return word
  const single =
    word.endsWith('sses') || word.endsWith('uses') ? word.slice(0, -2) : word.endsWith('s') ? word.slice(0, -1) : ''
  return isLabel(single) ? single : undefined
}

function isTelling(key: string): boolean {
  return TELLING.has(splitWords(key).at(-1) ?? '')
}

/** A list whose every item carries a label of the allow-list, and no two the same; else undefined. */
export function labelledList(key: string, items: readonly unknown[]): Item[] | undefined {
  const records = items.filter(
    (item): item is Record<string, unknown> => typeof item === 'object' && item !== null && !Array.isArray(item),
  )
  if (records.length === 0 || records.length !== items.length) return undefined
  const inEvery = (field: string): boolean =>
    records.every((record) => Object.hasOwn(record, field) && labelValue(record[field]) !== undefined)
  const present = LABELS.filter((label) => inEvery(label) && records.every((record) => mayLabel(label, record[label])))
  const naming = present.filter((label) => !DESCRIBING.has(label))
  if (naming.length > 0)
    return distinct(
      records,
      naming.map((label) => [label, label]),
    )
  const plural = labelOfPlural(key)
  if (plural === undefined)
    return present.length === 0
      ? undefined
      : distinct(
          records,
          present.map((label) => [label, label]),
        )
  const field = (NAMES[plural] ?? DEFAULT_NAMES).find(inEvery)
  return field === undefined ? undefined : distinct(records, [[plural, field]])
}

/** A word for how something is would make another series of it whenever it changes; and `queue: 3` is how long it is. */
function mayLabel(label: Label, value: unknown): boolean {
  if (label === 'status') return isStatusCode(String(value))
  return typeof value === 'string' || !MEASURES.has(label)
}

function distinct(
  records: readonly Record<string, unknown>[],
  fields: readonly (readonly [string, string])[],
): Item[] | undefined {
  const skip = new Set(fields.map(([, field]) => field))
  const items = records.map((record) => ({
    labels: Object.fromEntries(fields.map(([label, field]) => [label, labelValue(record[field]) ?? ''])),
    value: record,
    skip,
  }))
  return new Set(items.map(({ labels }) => Object.values(labels).join('\n'))).size === items.length ? items : undefined
}

/**
 * The entries of a dict that are things under a plural of their label (`queues: {default: 5}`), or counts by HTTP status.
 * `workers: {total: 4, busy: 2}` is a summary of workers and gives none; nor does `pools: {database: ...}`, where the key
 * says whose it is.
 */
export function labelledEntry(
  parent: string,
  key: string,
  value: unknown,
  siblings: readonly string[],
): Item | undefined {
  if (
    isStatusCode(key) &&
    typeof value === 'number' &&
    siblings.every((sibling) => isStatusCode(sibling) || isSummaryKey(sibling))
  ) {
    return { labels: { status: key.toLowerCase() }, value, skip: new Set() }
  }
  const label = labelOfPlural(parent)
  if (label === undefined || label === 'status' || label === 'state' || label === 'service') return undefined
  const { words, unit } = keyWords(key)
  const summary = unit !== undefined || isSummaryKey(key) || words.some((word) => OWNERS.has(word) || NEUTRAL.has(word))
  if (summary && !(label === 'queue' && isQueueName(key))) return undefined
  const text = labelValue(key)
  // `pool_stats: {checkedin: 3}` is one pool's: only what holds more is a thing there.
  const isThing = (typeof value === 'number' && !isTelling(parent)) || (typeof value === 'object' && value !== null)
  return isThing && text !== undefined && !(looksLikeId(key) && typeof value === 'number')
    ? { labels: { [label]: text }, value, skip: new Set() }
    : undefined
}
