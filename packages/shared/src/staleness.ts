/** A source is stale when its last successful answer is older than three intervals and its lag. */
export function staleAfterMs(everyMs: number, lagMs: number): number {
  return 3 * everyMs + lagMs
}

export function isStale(lastOkAt: number | null, everyMs: number, lagMs: number, now: number): boolean {
  return lastOkAt === null || now - lastOkAt > staleAfterMs(everyMs, lagMs)
}
