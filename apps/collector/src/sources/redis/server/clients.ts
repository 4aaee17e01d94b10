/** The names of connected clients, and how often each is connected. */
export function clientNames(list: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [, name = ''] of list.matchAll(/(?:^| )name=([^ \n]+)/gm)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
