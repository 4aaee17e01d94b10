import type { FlagKind } from '../model/flag.ts'
import { absent } from './absent.ts'
import { change } from './change.ts'
import { count } from './count.ts'
import type { Kind } from './kind.ts'
import { leak } from './leak.ts'
import { missing } from './missing.ts'
import { share } from './share.ts'
import { threshold } from './threshold.ts'

/** Every kind of flag: adding one is its file and its line here. */
export const KINDS = { threshold, share, count, change, leak, missing, absent } as const satisfies Record<
  FlagKind,
  Kind
>
