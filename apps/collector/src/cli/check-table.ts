import type { Mapped, Reading } from '@headroom/shared/model/reading.ts'
import { mappedText } from '../discovery/mapped-text.ts'
import { fitColumns, shorten, wrapWords } from '../lib/fit-columns.ts'

/** A part of the table: one source. */
export type Part = {
  /** Which source it is, how it stands, and where it looks. */
  name: string
  state: string
  where: string
  reading: Reading
  /** What is said of it beneath its values, a sentence each. */
  remarks: readonly string[]
}

/** Characters of a line: of a terminal that nobody has widened. */
export const WIDTH = 100
const INDENT = '  '
/** More series of one metric than this say nothing that its first ones do not. */
const [MOST_OF_METRIC, FIRST_OF_METRIC] = [6, 3]
/** Values without a better name that it has rows for. */
const MOST_OF_OWN = 12
const OWN_NAME = ' *'

/** What every source found, and what it was taken for, in one table. With `all` nothing is folded. */
export function checkTable(parts: readonly Part[], all: boolean): string {
  const rows = parts.map((part) => rowsOf(part, all))
  const flat = rows.flat()
  const columns = [{ least: 26 }, { least: 34 }, { least: 30 }]
  const lines = fitColumns([['  what', 'metric', 'value'], ...flat], columns, WIDTH).split('\n')
  const heads = fitColumns(
    parts.map(({ name, state, where }) => [name, state, where]),
    [{ least: 20 }, { least: 20 }, { least: 40 }],
    WIDTH,
  ).split('\n')
  let next = 1
  const texts = parts.map((part, index) => {
    const own = lines.slice(next, (next += rows[index]?.length ?? 0))
    return `${[heads[index] ?? '', ...own].map((line) => `${line}\n`).join('')}${beneath(part)}`
  })
  const title = flat.length === 0 ? '' : `${lines[0] ?? ''}\n`
  const marked = flat.some(([, metric = '']) => metric.endsWith(OWN_NAME))
  return `${title}${texts.join('')}${marked ? `\n${OWN_NAME.trim()} kept under a name of its own\n` : ''}`
}

function rowsOf({ reading }: Part, all: boolean): string[][] {
  const shown = all ? reading.mapped : worthARow(reading.mapped)
  const rows = shown.map((mapped, index) => [
    `${INDENT}${placeAfter(mapped.path, shown[index - 1]?.path)}`,
    ...said(mapped, reading),
  ])
  const folded = reading.mapped.length - shown.length
  return folded === 0 ? rows : [...rows, [`${INDENT}and ${folded} more: --all`, '', '']]
}

/** `service ide: desired` beneath `service ide: running` is `" desired`. */
function placeAfter(path: string, before: string | undefined): string {
  const end = path.indexOf(': ')
  const repeated = end !== -1 && before?.startsWith(path.slice(0, end + 2)) === true
  return repeated ? `" ${path.slice(end + 2)}` : path
}

function worthARow(mapped: readonly Mapped[]): Mapped[] {
  const groupOf = ({ metric, how }: Mapped): string => (how === 'own path' ? 'own path' : `${how} ${metric}`)
  const sizes = new Map<string, number>()
  for (const one of mapped) sizes.set(groupOf(one), (sizes.get(groupOf(one)) ?? 0) + 1)
  const seen = new Map<string, number>()
  return mapped.filter((one) => {
    const group = groupOf(one)
    const count = (seen.get(group) ?? 0) + 1
    seen.set(group, count)
    if (one.how === 'own path') return count <= MOST_OF_OWN
    return (sizes.get(group) ?? 0) <= MOST_OF_METRIC || count <= FIRST_OF_METRIC
  })
}

function said(mapped: Mapped, reading: Reading): [metric: string, value: string] {
  const [, value] = mappedText(mapped, reading)
  if (mapped.how === 'ignored') return ['(ignored)', value]
  const mark = { known: '', map: ' (map)', 'own path': OWN_NAME }[mapped.how]
  return [`${mapped.metric}${shortLabels(mapped)}${mark}`, value]
}

/** A label that stands in the path already is not said again. */
function shortLabels({ labels, path }: Mapped): string {
  const rest = Object.entries(labels).filter(([, value]) => !path.includes(value))
  return rest.length === 0 ? '' : `{${rest.map(([label, value]) => `${label}=${value}`).join(',')}}`
}

function beneath({ reading, remarks }: Part): string {
  const texts = reading.texts.map(({ path, lines: [first = '', ...more] }) =>
    more.length === 0
      ? wrapWords(`${path}: ${first}`, WIDTH, INDENT)
      : [`${path}:`, ...[first, ...more].map((line) => `${INDENT}${line}`)]
          .map((line) => `${shorten(`${INDENT}${line}`, WIDTH)}\n`)
          .join(''),
  )
  return [...remarks.map((remark) => wrapWords(remark, WIDTH, INDENT)), ...texts].join('')
}
