import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import type { Wrong } from './adding.ts'
import { fieldAt } from './option-values.ts'
import type { Problems } from './option-values.ts'

/** Where a refusal is shown: at the field it is about, in words without the place; else above the buttons. */
export function problemAt(
  kind: SourceKindView,
  problem: Wrong | undefined,
): { fields: Problems; general: string | undefined } {
  if (problem === undefined) return { fields: {}, general: undefined }
  const key = fieldAt(kind, problem.path)
  if (key === undefined) return { fields: {}, general: problem.message }
  // Several things may be wrong, one a line, each with its place before it.
  const lines = problem.message.split('\n')
  const own = lines[0]?.replace(/^[\w.[\]"-]+: /, '') ?? ''
  return { fields: { [key]: own }, general: lines.length > 1 ? lines.slice(1).join('; ') : undefined }
}
