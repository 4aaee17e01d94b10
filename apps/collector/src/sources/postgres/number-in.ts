/** A value as PostgreSQL writes it; undefined where there is none. */
export function numberIn(row: Readonly<Record<string, string | null>> | undefined, column: string): number | undefined {
  const text = row?.[column]
  if (text === null || text === undefined || text === '') return undefined
  const number = Number(text)
  return Number.isFinite(number) ? number : undefined
}
