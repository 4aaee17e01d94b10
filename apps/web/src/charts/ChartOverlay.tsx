import type { JSX } from 'react'
import { shortText } from '../ui/format-number.ts'
import { StateMark } from '../ui/StateMark.tsx'
import type { ChartInput } from './chart-model.ts'
import { MOST_LABELS } from './most-labels.ts'
import { lineNames } from './line-names.ts'
import { spreadApart, xAt, yAt } from './scale.ts'
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
  const { lines, limit } = input
  const all = [
    ...lines.map(({ key, value, words, mark }) => ({ key, value, words, mark })),
    ...(limit === undefined ? [] : [{ key: 'limit', ...limit, mark: 'limit' as const }]),
  ].filter((line) => line.value <= scale.high)
  const names = lineNames(
    all.map((line) => ({ ...line, y: yAt(line.value, scale, frame) })),
    {
      low: 6,
      high: frame.height - frame.bottom - 8,
      left: frame.left,
      right: frame.width - frame.right,
      drawn: input.series.flatMap((series) =>
        series.points.flatMap(({ t, last }) =>
          last === null ? [] : [{ x: xAt(t, input, frame), y: yAt(last, scale, frame) }],
        ),
      ),
    },
  )
  return (
    <>
      {names.map((name) => (
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
