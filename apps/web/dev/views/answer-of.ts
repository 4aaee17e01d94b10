import type { AnswerView } from '@headroom/shared/model/answer.ts'
import type { MadeSource, MadeSystem } from '../made/made-system.ts'
import { type Held, valueAt } from './held.ts'
import { pathOf } from './mapping-of.ts'

/** The last answer of a source: the one it was given, or its values as a document. */
export function answerOf(system: MadeSystem, source: MadeSource, held: readonly Held[], now: number): AnswerView {
  const at = source.silentSince ?? now - 1000
  const own = held.filter(({ made }) => made.source === source.id && made.metric !== 'up')
  const values = Object.fromEntries(own.map((each) => [pathOf(each), valueAt(each, at - each.everyMs)]))
  const body = source.answer ?? JSON.stringify({ status: 'healthy', ...values }, undefined, 2)
  return {
    system: system.id,
    source: source.id,
    at,
    ...(source.type === 'http-json' ? { status: 200 } : {}),
    body,
    bytes: Buffer.byteLength(body),
    truncated: false,
    removed: source.type === 'http-json' ? 2 : 0,
  }
}
