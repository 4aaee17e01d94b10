import type { Mark } from '../../ui/mark.ts'

type ItemKind = 'System' | 'Screen' | 'Chart' | 'Flag' | 'Do' | 'Setting'

/** One thing that can be found and done. `id` stays the same from day to day: what was used lately is known by it. */
export type Item = {
  id: string
  kind: ItemKind
  name: string
  /** Where it belongs, in smaller print. */
  where?: string
  /** What else it is found by. */
  words?: string
  mark?: Mark
  /** Its key on the keyboard, as `KEYS` writes it. */
  key?: string
  /** True for a choice that holds now. */
  chosen?: boolean
  run: () => void
}
