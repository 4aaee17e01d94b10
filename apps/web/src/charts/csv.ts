/** Values of one column at their times, both as long as each other; null where nothing is known. */
export type CsvColumn = { name: string; t: readonly number[]; v: readonly (number | null)[] }

/** Columns on one axis of times (ISO 8601, UTC), as RFC 4180 has it: CRLF, and quotes where they are needed. */
export function csvText(columns: readonly CsvColumn[]): string {
  const rows = new Map<number, (number | null)[]>()
  for (const [index, { t, v }] of columns.entries()) {
    for (const [place, at] of t.entries()) {
      const row = rows.get(at) ?? []
      row[index] = v[place] ?? null
      rows.set(at, row)
    }
  }
  const lines = [...rows]
    .filter(([, row]) => row.some((value) => typeof value === 'number'))
    .toSorted(([a], [b]) => a - b)
    .map(([at, row]) => [new Date(at).toISOString(), ...columns.map((_, index) => String(row[index] ?? ''))].join(','))
  return `${[['time', ...columns.map(({ name }) => field(name))].join(','), ...lines].join('\r\n')}\r\n`
}

/** A spreadsheet takes a name that begins so for a formula: names come from the systems that are watched. */
const FORMULA = /^[=+\-@\t\r]/

function field(name: string): string {
  const safe = FORMULA.test(name) ? `'${name}` : name
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
