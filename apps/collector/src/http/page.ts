/**
 * Cuts a list, newest first, to a page. The next page is asked by time alone, so a page never ends between two
 * items of one time, unless all of it is of that time. `items` are one more than `limit` where there are more.
 */
export function pageOf<T>(
  items: readonly T[],
  limit: number,
  timeOf: (item: T) => number,
): { items: T[]; before?: number } {
  const beyond = items[limit]
  if (beyond === undefined) return { items: [...items] }
  const whole = items.slice(0, limit)
  const cut = timeOf(beyond)
  const apart = whole.filter((item) => timeOf(item) > cut)
  const page = apart.length === 0 ? whole : apart
  const last = page.at(-1)
  return last === undefined ? { items: page } : { items: page, before: timeOf(last) }
}
