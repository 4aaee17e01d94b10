import type { JSX } from 'react'
import { catalogued } from '@headroom/shared/metrics.ts'
import type { Criterion, SystemView } from '@headroom/shared/model/system.ts'
import { isLost } from '../../data/connection.ts'
import { useConnection, useServerNow, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { lowerFirst } from '../../ui/line-words.ts'
import { Moment } from '../../ui/Moment.tsx'
import { useInView } from '../../ui/use-in-view.ts'
import type { Verdict } from './criterion-history.ts'
import { criterionUnit, criterionValue, useCriteria } from './use-criteria.ts'
import type { JudgedCriterion } from './use-criteria.ts'
import classes from './panels.module.css'

/** What counts as success, as a checklist that judges itself by the live values; it keeps the document's order. */
export function CriteriaPanel({
  system,
  criteria,
}: {
  system: SystemView
  criteria: readonly Criterion[]
}): JSX.Element | null {
  const { ref, inView } = useInView()
  const judged = useCriteria(system, criteria, inView)
  const lost = isLost(useConnection())
  if (criteria.length === 0) return null
  return (
    <section className={classes.panel} data-live aria-labelledby="success-title" ref={ref}>
      <h2 id="success-title">
        Success criteria <span className={classes.count}>{countText(judged, lost)}</span>
      </h2>
      <ul className={classes.checks}>
        {judged.map((one, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same words may stand in two documents
          <Check key={`${index} ${one.criterion.text}`} one={one} system={system.id} />
        ))}
      </ul>
    </section>
  )
}

/** `3 of 4 met, 1 not known`; of what was seen last, that they were. */
function countText(judged: readonly JudgedCriterion[], lost: boolean): string {
  const count = (verdict: Verdict): number => judged.filter((one) => one.verdict === verdict).length
  const byItself = judged.length - count('by hand')
  return [
    ...(byItself > 0 ? [`${count('met')} of ${byItself} ${lost ? 'were met' : 'met'}`] : []),
    ...(count('not known') > 0 ? [`${count('not known')} not known`] : []),
  ].join(', ')
}

function Check({ one, system }: { one: JudgedCriterion; system: string }): JSX.Element {
  const { criterion, verdict } = one
  return (
    <li data-criterion={criterion.text} data-verdict={verdict.replaceAll(' ', '-')}>
      <VerdictMark verdict={verdict} />
      <span>
        {criterion.text}
        <span className={classes.verdict}>
          {verdict === 'by hand' && 'for you to judge'}
          {verdict === 'not known' && <Unknown one={one} />}
          {(verdict === 'met' || verdict === 'not met') && <Known one={one} system={system} />}
        </span>
      </span>
    </li>
  )
}

/** `met, 34.5 %, for 2 h`. */
function Known({ one, system }: { one: JudgedCriterion; system: string }): JSX.Element {
  const { criterion, verdict, series, streak } = one
  const all = useTimeline((timeline) => timeline.seriesOf(system))
  const value = useTimeline((timeline) => criterionValue(criterion, all, timeline))
  const unit = criterionUnit(criterion, series)
  const lost = isLost(useConnection())
  const now = useServerNow()
  return (
    <>
      <b>{lost ? `was ${verdict}` : verdict}</b>
      {value !== null && unit !== 'bool' && `, ${numberText(value, unit)}`}
      {streak !== undefined && !lost && (
        <>
          , for {streak.whole && 'at least '}
          <Moment at={streak.since}>{ageText(now - streak.since)}</Moment>
        </>
      )}
    </>
  )
}

/** Why nobody knows: nothing gives the numbers, or they are too old, and what they last were. */
function Unknown({ one }: { one: JudgedCriterion }): JSX.Element {
  const { criterion, series } = one
  const timeline = useTimelineStore()
  const now = useServerNow()
  const lastAt = Math.max(0, ...series.map((each) => timeline.newest(each.id).lastAt ?? 0))
  const subject = lowerFirst(catalogued(criterion.metric ?? '')?.title ?? criterion.metric ?? '')
  if (lastAt === 0) return <>not known: no source gives {subject} yet</>
  const [only] = series.length === 1 ? series : []
  const last = only === undefined ? null : timeline.newest(only.id).last
  return (
    <>
      not known for <Moment at={lastAt}>{ageText(now - lastAt)}</Moment>
      {last !== null && only !== undefined && only.unit !== 'bool' && `, last ${numberText(last, only.unit)}`}
    </>
  )
}

/** Check, cross, question and empty box: told apart by their shape alone. */
function VerdictMark({ verdict }: { verdict: Verdict }): JSX.Element {
  const path = {
    met: 'M3 8.5 6.5 12 13 4.5',
    'not met': 'M4 4l8 8M12 4l-8 8',
    'not known': 'M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.8.45-1.2.9-1.2 1.8M8 12.2v.6',
    'by hand': 'M3.5 3.5h9v9h-9z',
  }[verdict]
  return (
    <svg className={classes.verdictMark} width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
