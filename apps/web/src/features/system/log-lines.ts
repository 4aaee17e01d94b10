import { metricsOf } from '@headroom/shared/feeding.ts'
import type { Event } from '@headroom/shared/model/event.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'

/** What counts the lines of a log that a flag can be judged by, by their `pattern`. */
export const MATCHES = 'log.matches_per_minute'

/** Lines of one pattern, of all logs of a system or of one. */
export type PatternAsked = { pattern: string; source?: string }

/** A line that was kept. `more`: how many were counted after it and not kept. */
export type KeptLine = { seq: number; at: number; source: string; text: string; more: number }

const NOT_KEPT = /^and (\d+) more$/

/** The patterns of logs that flags are judged by, each once. */
export function patternsOf(flags: readonly FlagView[]): PatternAsked[] {
  const asked = new Map<string, PatternAsked>()
  for (const flag of flags) {
    const { pattern } = flag.labels
    if (pattern === undefined) continue
    for (const { metric, source } of metricsOf(flag.metric))
      if (metric === MATCHES)
        asked.set(`${pattern} ${source ?? ''}`, { pattern, ...(source === undefined ? {} : { source }) })
  }
  return [...asked.values()]
}

/** The lines among events of one pattern, newest first. How many were not kept is said with the line before them. */
export function readLines(events: readonly Event[], { pattern, source }: PatternAsked): KeptLine[] {
  const lines: KeptLine[] = []
  const newest = new Map<string, KeptLine>()
  for (const event of events.toSorted((a, b) => a.seq - b.seq)) {
    if (event.kind !== 'log' || event.pattern !== pattern) continue
    const { seq, at, source: from = '' } = event
    if (source !== undefined && from !== source) continue
    const text = event.text.startsWith(`${pattern}: `) ? event.text.slice(pattern.length + 2) : event.text
    const more = Number(NOT_KEPT.exec(text)?.[1] ?? 0)
    const before = newest.get(from)
    // Those before the first line that is known here belong to one that is older.
    if (more > 0 && before !== undefined) before.more += more
    if (more > 0) continue
    const line = { seq, at, source: from, text, more: 0 }
    newest.set(from, line)
    lines.push(line)
  }
  return lines.toReversed()
}

/** `booting-worker` as it is read: `Booting worker`. */
export function signName(pattern: string): string {
  const words = pattern.replaceAll(/[-_]+/g, ' ').trim()
  return words === '' ? pattern : `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
