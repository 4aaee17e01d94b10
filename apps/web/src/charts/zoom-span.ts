export type Span = { from: number; to: number }

/** Shorter windows show no more than a few samples, whatever the source. */
export const LEAST_MS = 10_000

/** The chosen span in time order and within the window. */
export function selectedSpan(selection: { anchor: number; end: number }, window: Span): Span {
  const within = (t: number): number => Math.round(Math.min(window.to, Math.max(window.from, t)))
  return {
    from: within(Math.min(selection.anchor, selection.end)),
    to: within(Math.max(selection.anchor, selection.end)),
  }
}

/** Half of a window around a moment, which keeps its place on the screen; never shorter than the least. */
export function halved(window: Span, around: number): Span {
  return scaled(window, Math.min(window.to, Math.max(window.from, around)), 0.5)
}

/** Twice a window. It does not reach past `latest`, because nothing is there yet. */
export function doubled(window: Span, latest: number): Span {
  const wide = scaled(window, (window.from + window.to) / 2, 2)
  const past = Math.max(0, wide.to - Math.max(latest, window.to))
  return { from: Math.max(1, wide.from - past), to: wide.to - past }
}

function scaled({ from, to }: Span, around: number, by: number): Span {
  const length = Math.max(LEAST_MS, (to - from) * by)
  const share = (around - from) / Math.max(1, to - from)
  const start = Math.round(around - share * length)
  return { from: start, to: start + Math.round(length) }
}
