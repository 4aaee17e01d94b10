import type { FlagDefinition, Provenance } from '@headroom/shared/model/flag.ts'

/** The parts of a flag that say where its line is; one takes the place of another. */
export const COMPARES = ['above', 'below', 'atLeast', 'atMost'] as const

/** The parts that say in what words a flag speaks, and not when. */
const WORDS = ['severity', 'title', 'steps', 'say'] as const

/**
 * A flag of a preset, changed by one of the same id. Another line takes the place of the old one; another metric
 * makes it another condition, of which only the words stay. Named again, a flag that the preset had switched off is on.
 */
export function overrideFlag(base: FlagDefinition, own: FlagDefinition): FlagDefinition {
  const given = dropUndefined(own)
  const moved = own.metric !== undefined && own.metric !== base.metric
  const kept = moved
    ? pickWords(base)
    : COMPARES.some((compare) => own[compare] !== undefined)
      ? withoutLine(base)
      : base
  const why = own.why ?? provenance(base, own, moved)
  return { ...kept, ...given, off: own.off ?? false, why }
}

function pickWords(flag: FlagDefinition): Omit<FlagDefinition, 'id'> {
  return Object.fromEntries(WORDS.filter((word) => flag[word] !== undefined).map((word) => [word, flag[word]]))
}

function withoutLine(flag: FlagDefinition): FlagDefinition {
  const { above: _above, below: _below, atLeast: _atLeast, atMost: _atMost, clear: _clear, ...rest } = flag
  return rest
}

function dropUndefined(flag: FlagDefinition): FlagDefinition {
  return { ...Object.fromEntries(Object.entries(flag).filter(([, value]) => value !== undefined)), id: flag.id }
}

const CONDITION = ['labels', 'over', 'kind', 'of', 'window', 'for', 'when', 'previous', ...COMPARES] as const

/** A line that the reader of the document would not find there must not pass for the document's. */
function provenance(base: FlagDefinition, own: FlagDefinition, moved: boolean): Provenance | undefined {
  if (moved || base.why === undefined) return undefined
  if (!CONDITION.some((part) => own[part] !== undefined)) return base.why
  return { ...base.why, figure: `from your configuration (${base.why.document}: ${base.why.figure})`, ours: true }
}
