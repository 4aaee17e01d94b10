import type { Mark } from '../ui/mark.ts'

/** What the line of a mark is drawn in; its words have an ink of their own, which is darker. */
export const MARK_COLORS: Record<Mark, string> = {
  warning: 'var(--warning)',
  critical: 'var(--critical)',
  info: 'var(--ink-3)',
  ok: 'var(--ink-3)',
  unknown: 'var(--ink-3)',
}
