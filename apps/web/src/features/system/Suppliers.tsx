import { Link } from '@tanstack/react-router'
import type { JSX } from 'react'
import { catalogued } from '@headroom/shared/metrics.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { lowerFirst } from '../../ui/line-words.ts'
import { useSourceKinds } from './left-queries.ts'
import { metricsMissing, suppliersOf } from './suppliers.ts'
import classes from './flags.module.css'

/** What would have to be watched for a flag to be judged. */
export function Suppliers({ metric, system }: { metric: string; system: string }): JSX.Element {
  const series = useTimeline((timeline) => timeline.seriesOf(system))
  const kinds = useSourceKinds().data ?? []
  const missing = metricsMissing(metric, (name) => series.some((each) => each.metric === name))
  return (
    <>
      {missing.map((name) => (
        <p key={name} className={classes.condition}>
          Nothing gives {lowerFirst(catalogued(name)?.title ?? name)} (<code>{name}</code>) yet.{' '}
          {kinds.length > 0 && <Kinds metric={name} kinds={kinds} />}
        </p>
      ))}
      <p className={classes.condition}>
        What each source gives stands on <Link to="/setup">Set-up</Link>.
      </p>
    </>
  )
}

function Kinds({ metric, kinds }: { metric: string; kinds: readonly string[] }): JSX.Element {
  const { byThemselves, ifAnswered } = suppliersOf(metric, kinds)
  if (byThemselves.length + ifAnswered.length === 0)
    return <>No kind of source in this version gives it, so the flag is not judged.</>
  return (
    <>
      {byThemselves.length > 0 && <>A source of type {listText(byThemselves)} would give it. </>}
      {ifAnswered.length > 0 && (
        <>
          {byThemselves.length > 0 ? 'So would' : 'A source of type'} {listText(ifAnswered)}
          {byThemselves.length > 0 ? ',' : ' would,'} where what it answers holds it.
        </>
      )}
    </>
  )
}

function listText(kinds: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(kinds)
}
