export type SparkPoint = [at: number, value: number | null]

/** The path of a small trend between two times; a null value, or a silence longer than `gapMs`, breaks the line. */
export function sparklinePath(
  points: readonly SparkPoint[],
  view: { from: number; to: number; top: number; width: number; height: number; gapMs: number },
): string {
  const span = Math.max(1, view.to - view.from)
  let path = ''
  let drawing = false
  let before = 0
  for (const [at, value] of points) {
    if (value === null || at < view.from) {
      drawing = false
      continue
    }
    const x = ((at - view.from) / span) * view.width
    const y = view.height - (Math.max(0, Math.min(view.top, value)) / view.top) * view.height
    path += `${drawing && at - before <= view.gapMs ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    drawing = true
    before = at
  }
  return path
}
