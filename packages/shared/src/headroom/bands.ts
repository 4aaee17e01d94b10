import type { Band } from '../model/system.ts'

/**
 * The band a system is in: each column lies in the first row whose bound it keeps (`upTo` included, `below` not), and
 * the worst column wins. A row without a bound for a column bounds it nowhere; past all rows it is the last. A column
 * without a value is left out; without any there is no band.
 */
export function bandOf(bands: readonly Band[], values: ReadonlyMap<string, number>): string | undefined {
  const rows = [...columnsOf(bands)].flatMap((column) => {
    const value = values.get(column)
    return value === undefined ? [] : rowOf(bands, column, value)
  })
  return rows.length === 0 ? undefined : bands[Math.max(...rows)]?.name
}

function columnsOf(bands: readonly Band[]): Set<string> {
  return new Set(bands.flatMap((band) => [...Object.keys(band.upTo), ...Object.keys(band.below)]))
}

function rowOf(bands: readonly Band[], column: string, value: number): number {
  const row = bands.findIndex(
    (band) => value <= (band.upTo[column] ?? Infinity) && value < (band.below[column] ?? Infinity),
  )
  return row < 0 ? bands.length - 1 : row
}
