import type { Alert } from '../model/alert.ts'
import type { Flag } from '../model/flag.ts'
import { emptyMemory, type FlagMemory } from './memory.ts'
import { type Rule, ruleOf } from './rule.ts'
import type { KeptFlag } from './snapshot.ts'

/** A flag with what is remembered of it; `key` is `SYSTEM/FLAG`. */
export type Entry = { readonly key: string; readonly rule: Rule; readonly memory: FlagMemory }

/** Every flag whose words can be read, remembering nothing yet. */
export function entriesOf(flags: readonly Flag[]): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const flag of flags) {
    const rule = ruleOf(flag)
    const key = `${flag.system}/${flag.id}`
    if (rule !== undefined) entries.set(key, { key, rule, memory: emptyMemory() })
  }
  return entries
}

/** The same flags with what was kept of them; `orphans` are open alerts of flags that are no longer so. */
export function withKept(
  entries: ReadonlyMap<string, Entry>,
  kept: readonly KeptFlag[],
): { entries: Map<string, Entry>; orphans: Alert[] } {
  const fresh = new Map([...entries].map(([key, { rule }]) => [key, { key, rule, memory: emptyMemory() }]))
  const orphans: Alert[] = []
  for (const { key, signature, memory } of kept) {
    const entry = fresh.get(key)
    if (entry?.rule.signature === signature) fresh.set(key, { ...entry, memory })
    else orphans.push(...openAlerts(memory))
  }
  return { entries: fresh, orphans }
}

function openAlerts({ tracks }: FlagMemory): Alert[] {
  return [...tracks.values()].flatMap(({ standing }) => (standing.phase === 'inactive' ? [] : [standing.alert]))
}
