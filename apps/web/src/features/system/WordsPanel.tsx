import type { JSX } from 'react'
import type { Criterion, SystemView } from '@headroom/shared/model/system.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { numberText } from '../../ui/format-number.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { judge } from './judge-criterion.ts'
import { useDefinition } from './queries.ts'
import { worstValue } from './series-choice.ts'
import classes from './system.module.css'

/** What the system says itself, what the document expects of it, and what counts as success. */
export function WordsPanel({ system }: { system: SystemView }): JSX.Element {
  const answer = useDefinition(system.id)
  const { expected, success } = answer.data ?? { expected: [], success: [] }
  const texts = system.texts.filter((text) => text.lines.length > 0)
  return (
    <>
      {texts.length > 0 && (
        <section className={`${classes.panel} ${classes.afterCharts}`} aria-labelledby="says-title">
          <h2 id="says-title">It says itself</h2>
          <ul className={classes.list}>
            {texts.flatMap((text) =>
              text.lines.map((line) => <li key={`${text.source} ${text.path} ${line}`}>{line}</li>),
            )}
          </ul>
        </section>
      )}
      {expected.length > 0 && (
        <section className={`${classes.panel} ${classes.afterCharts}`} aria-labelledby="expected-title">
          <h2 id="expected-title">Expected</h2>
          <ul className={classes.list}>
            {expected.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      {success.length > 0 && (
        <section className={`${classes.panel} ${classes.afterCharts}`} aria-labelledby="success-title">
          <h2 id="success-title">Success looks like this</h2>
          <ul className={classes.checks}>
            {success.map((criterion) => (
              <Check key={criterion.text} criterion={criterion} system={system.id} />
            ))}
          </ul>
        </section>
      )}
      {answer.isError && answer.data === undefined && (
        <p className={classes.problem}>What is expected could not be had: {answer.error.message}</p>
      )}
    </>
  )
}

function Check({ criterion, system }: { criterion: Criterion; system: string }): JSX.Element {
  const value = useTimeline((timeline) => {
    const own = timeline.seriesOf(system).filter((series) => series.metric === criterion.metric && series.primary)
    return worstValue(
      criterion.metric ?? '',
      own.map((series) => timeline.newest(series.id).value),
    )
  })
  const unit = useTimeline(
    (timeline) => timeline.seriesOf(system).find((series) => series.metric === criterion.metric)?.unit ?? 'none',
  )
  const verdict = judge(criterion, value)
  const mark = verdict === 'met' ? 'ok' : verdict === 'not met' ? 'warning' : 'unknown'
  return (
    <li>
      {verdict === 'by hand' ? (
        <span className={classes.bullet} aria-hidden="true">
          ·
        </span>
      ) : (
        <StateMark mark={mark} size={14} />
      )}
      <span>{criterion.text}</span>
      <span className={classes.quiet}>
        {verdict === 'by hand' ? '' : value === null ? 'not known' : `${verdict}, ${numberText(value, unit)}`}
      </span>
    </li>
  )
}
