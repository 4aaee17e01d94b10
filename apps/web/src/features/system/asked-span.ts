export type Span = { from: number; to: number }

const LEAST_STEP_MS = 60_000

/** In whole ms, as the collector takes times: a quarter of a window that somebody dragged is rarely one. */
function stepOf({ from, to }: Span): number {
  return Math.max(LEAST_STEP_MS, Math.ceil((to - from) / 4))
}

/** Times are asked for in steps, so that a moving window does not ask anew each second. */
export function askedSpan(window: Span): Span {
  const step = stepOf(window)
  return { from: Math.floor(window.from / step) * step, to: Math.ceil(window.to / step) * step }
}

/** Whether what was asked for tells all of a window. What came after it was heard live, until the next step is asked for. */
export function tellsAllOf(asked: Span, window: Span): boolean {
  return asked.from <= window.from && window.to <= asked.to + stepOf(window)
}
