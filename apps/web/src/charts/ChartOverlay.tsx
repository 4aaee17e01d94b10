import type { CSSProperties, JSX } from 'react'
import { StateMark } from '../ui/StateMark.tsx'
import type { ChartInput } from './chart-model.ts'
import { crossingMarks, isLabelled, lineEnds, placedNames } from './overlay.ts'
import type { LineEnd } from './overlay.ts'
import type { Frame, YScale } from './scale.ts'
import classes from './Chart.module.css'

type Props = { input: ChartInput; frame: Frame; scale: YScale }

/** What stands on the picture in words: the lines' names, the moments they were crossed, the newest values at the lines' ends. */
export function ChartOverlay({ input, frame, scale }: Props): JSX.Element {
  const ends = lineEnds(input, scale, frame)
  return (
    <>
      {placedNames(input, scale, frame).map((name) => (
        <span
          key={name.key}
          className={`${classes.lineName} ${classes[name.mark] ?? ''}`}
          style={{
            ...(name.end === 'right' ? { right: frame.right + 2 } : { left: frame.left + 2 }),
            top: name.y,
            maxWidth: frame.width - frame.left - frame.right - 8,
          }}
        >
          {name.words}
        </span>
      ))}
      {crossingMarks(input, scale, frame).map(({ key, x, y, mark, words }) => (
        <span key={key} className={classes.crossing} style={{ left: x, top: y }} title={words}>
          <StateMark mark={mark} size={12} />
        </span>
      ))}
      {ends.map(({ key, x, y, series }) => (
        <span key={key} className={classes.dot} style={{ ...moved(x, y), background: series.color }} />
      ))}
      {isLabelled(input) && ends.map((end) => <EndLabel key={end.key} end={end} input={input} frame={frame} />)}
    </>
  )
}

/** What follows a value every second is moved, not laid out anew. */
function moved(x: number, y: number): CSSProperties {
  return { transform: `translate(${x}px, ${y}px)` }
}

function EndLabel({ end, input, frame }: { end: LineEnd; input: ChartInput; frame: Frame }): JSX.Element {
  return (
    <span className={classes.end} style={{ ...moved(end.labelX, end.labelY), maxWidth: frame.width - end.labelX - 1 }}>
      {input.series.length > 1 && (
        <>
          <i style={{ background: end.series.color }} />
          <bdi>{end.series.label}</bdi>
        </>
      )}
      <span>{end.text}</span>
    </span>
  )
}
