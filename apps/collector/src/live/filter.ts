/** Which systems a client is shown. Equal filters have equal keys, so that they share one buffer. */
export type Filter = { readonly key: string; readonly systems: ReadonlySet<string> | null }

export const EVERYTHING: Filter = { key: '*', systems: null }

/**
 * The systems of a subscription that the identity may see. An empty subscription is everything,
 * so that there is a way back; an identity bound to no system at all sees none.
 */
export function filterOf(subscription: readonly string[], scope: readonly string[] | undefined): Filter {
  const wanted =
    subscription.length === 0 ? scope : subscription.filter((system) => scope === undefined || scope.includes(system))
  if (wanted === undefined) return EVERYTHING
  const systems = new Set(wanted)
  return { key: JSON.stringify([...systems].toSorted()), systems }
}

/** Whether something of this system is shown. What belongs to no system is shown to everybody. */
export function shows(filter: Filter, system: string | undefined): boolean {
  return filter.systems === null || system === undefined || filter.systems.has(system)
}

/** Whether `after` shows systems that `before` did not. */
export function isWider(before: Filter, after: Filter): boolean {
  if (before.systems === null) return false
  if (after.systems === null) return true
  const shown = before.systems
  return [...after.systems].some((system) => !shown.has(system))
}
