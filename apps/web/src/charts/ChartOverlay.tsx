import type { JSX } from 'react'
import { shortText } from '../ui/format-number.ts'
import { StateMark } from '../ui/StateMark.tsx'
import type { ChartInput } from './chart-model.ts'
import { MOST_LABELS } from './most-labels.ts'
import { nameHeights, spreadApart, xAt, yAt } from './scale.ts'
import type { Frame, YScale } from './scale.ts'
import classes from './Chart.module.css'

type Props = { input: ChartInput; frame: Frame; scale: YScale }

/** What stands on the picture in words: the lines' names, the moments they were crossed, the newest values at the lines' ends. */
export function ChartOverlay({ input, frame, scale }: Props): JSX.Element {
  return (
    <>
      <LineNames input={input} frame={frame} scale={scale} />
      {input.crossings
        .filter((crossing) => crossing.from >= input.from && crossing.from <= input.to && crossing.line <= scale.high)
        .map((crossing) => (
          <span
            key={crossing.key}
            className={classes.crossing}
            style={{ left: xAt(crossing.from, input, frame), top: yAt(crossing.line, scale, frame) }}
            title={crossing.words}
          >
            <StateMark mark={crossing.mark} size={12} />
          </span>
        ))}
      <LineEnds input={input} frame={frame} scale={scale} />
    </>
  )
}

function LineNames({ input, frame, scale }: Props): JSX.Element {
  const named = [
    ...input.lines.map((line) => ({
      key: line.key,
      value: line.value,
      words: line.value === input.limit?.value ? `${line.words} · ${input.limit.words}` : line.words,
      mark: line.mark as string,
    })),
    ...(input.limit === undefined || input.lines.some((line) => line.value === input.limit?.value)
      ? []
      : [{ key: 'limit', value: input.limit.value, words: input.limit.words, mark: 'limit' }]),
  ].filter((line) => line.value <= scale.high)
  const ys = spreadApart(
    nameHeights(named.map((line) => yAt(line.value, scale, frame))),
    12,
    6,
    frame.height - frame.bottom - 8,
  )
  return (
    <>
      {named.map((line, index) => (
        <span
          key={line.key}
          className={`${classes.lineName} ${classes[line.mark] ?? ''}`}
          style={{ right: frame.right + 2, top: ys[index], maxWidth: frame.width - frame.left - frame.right - 8 }}
        >
          {line.words}
        </span>
      ))}
    </>
  )
}

function LineEnds({ input, frame, scale }: Props): JSX.Element {
  const ends = input.series.flatMap((series) => {
    const last = series.points.at(-1)
    return last === undefined || last.last === null ? [] : [{ series, t: last.t, value: last.last }]
  })
  const shown = input.series.length > MOST_LABELS ? [] : ends
  const ys = spreadApart(
    shown.map((end) => yAt(end.value, scale, frame)),
    14,
    6,
    frame.height - frame.bottom - 4,
  )
  return (
    <>
      {ends.map((end) => (
        <span
          key={end.series.key}
          className={classes.dot}
          style={{ left: xAt(end.t, input, frame), top: yAt(end.value, scale, frame), background: end.series.color }}
        />
      ))}
      {shown.map((end, index) => (
        <span
          key={end.series.key}
          className={classes.end}
          style={{ left: frame.width - frame.right + 7, top: ys[index], maxWidth: frame.right - 8 }}
        >
          {input.series.length > 1 && (
            <>
              <i style={{ background: end.series.color }} />
              {end.series.label}{' '}
            </>
          )}
          {shortText(end.value, input.unit)}
        </span>
      ))}
    </>
  )
}
