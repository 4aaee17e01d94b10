import type { JSX } from 'react'
import type { Mark } from './mark.ts'
import { sparklinePath } from './sparkline-path.ts'
import type { SparkPoint } from './sparkline-path.ts'
import classes from './Sparkline.module.css'

type Props = {
  points: readonly SparkPoint[]
  from: number
  to: number
  gapMs: number
  top?: number | undefined
  line?: number | undefined
  mark?: Mark
}

const WIDTH = 120
const HEIGHT = 24

/** A small trend with its line, if there is one. Only a picture: the number stands beside it. */
export function Sparkline({ points, from, to, gapMs, top, line, mark = 'ok' }: Props): JSX.Element {
  const most = points.reduce((max, [, value]) => Math.max(max, value ?? 0), 0)
  const height = Math.max(most * 1.15, top ?? 0, line !== undefined && line < most * 3 ? line * 1.1 : 0, 1e-9)
  const path = sparklinePath(points, { from, to, top: height, width: WIDTH, height: HEIGHT - 2, gapMs })
  return (
    <svg
      className={`${classes.spark} ${classes[mark]}`}
      viewBox={`0 -1 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {line !== undefined && line <= height && (
        <path className={classes.line} d={`M0 ${HEIGHT - 2 - (line / height) * (HEIGHT - 2)}H${WIDTH}`} />
      )}
      <path className={classes.path} d={path} />
    </svg>
  )
}
