import { createHash, timingSafeEqual } from 'node:crypto'
import type { CommonOptions, Outlet, PushSource, SourceContext } from '../types.ts'
import type { OtlpOptions } from './schema.ts'

/** One system's part of what is pushed. What takes it is loaded with the first push. */
export type OtlpSource = PushSource & {
  readonly options: OtlpOptions & CommonOptions
  readonly context: SourceContext
  /** Undefined until it listens. */
  readonly outlet: Outlet | undefined
  /** Whether somebody with this token, or none, may push to it. */
  admits(token: string | undefined, local: boolean): boolean
}

export function openOtlp(options: OtlpOptions & CommonOptions, context: SourceContext): OtlpSource {
  const { token, ...shown } = options
  // Only the digest is kept: it is enough, and of one length for a comparison that takes always the same time.
  const wanted = token === undefined ? undefined : digest(token)
  const source = {
    options: shown,
    context,
    outlet: undefined as Outlet | undefined,
    admits: (given: string | undefined, local: boolean) =>
      wanted === undefined ? local : given !== undefined && timingSafeEqual(digest(given), wanted),
    listen(outlet: Outlet) {
      source.outlet = outlet
    },
    [Symbol.asyncDispose]() {
      source.outlet = undefined
      return Promise.resolve()
    },
  }
  return source
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
