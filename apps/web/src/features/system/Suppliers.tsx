import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { JSX } from 'react'
import { feeds, metricsOf } from '@headroom/shared/feeding.ts'
import { catalogued } from '@headroom/shared/metrics.ts'
import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import { useSourceKinds } from '../../data/source-kinds.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { lowerFirst } from '../../ui/line-words.ts'
import classes from './flags.module.css'

/** What would have to be watched for a flag to be judged. */
export function Suppliers({ metric, system }: { metric: string; system: string }): JSX.Element {
  const series = useTimeline((timeline) => timeline.seriesOf(system))
  const kinds = useSourceKinds().data ?? []
  const refs = metricsOf(metric)
  const missing = refs.filter(
    ({ metric: name, source }) =>
      !series.some((each) => each.metric === name && (source === undefined || each.source === source)),
  )
  return (
    <>
      {(missing.length === 0 ? refs : missing).map(({ metric: name, source }) => {
        const whole = source === undefined ? name : `${name}@${source}`
        return (
          <p key={whole} className={classes.condition}>
            Nothing gives {lowerFirst(catalogued(name)?.title ?? name)} (<code>{whole}</code>) yet.{' '}
            {kinds.length > 0 && <Kinds metric={whole} kinds={kinds} system={system} />}
          </p>
        )
      })}
      <p className={classes.condition}>
        What each source gives stands on <Link to="/setup">Set-up</Link>.
      </p>
    </>
  )
}

type KindsProps = { metric: string; kinds: readonly SourceKindView[]; system: string }

function Kinds({ metric, kinds, system }: KindsProps): JSX.Element {
  const byThemselves = kinds.filter((kind) => feeds(kind, kind.kind, metric) === 'itself')
  const ifAnswered = kinds.filter((kind) => feeds(kind, kind.kind, metric) === 'held')
  if (byThemselves.length + ifAnswered.length === 0)
    return <>No kind of source in this version gives it, so the flag is not judged.</>
  return (
    <>
      {byThemselves.length > 0 && (
        <>
          A source of type <KindList kinds={byThemselves} system={system} /> would give it.{' '}
        </>
      )}
      {ifAnswered.length > 0 && (
        <>
          {byThemselves.length > 0 ? 'So would' : 'A source of type'} <KindList kinds={ifAnswered} system={system} />
          {byThemselves.length > 0 ? ',' : ' would,'} where what it answers holds it.
        </>
      )}
    </>
  )
}

/** `redis, postgres or log`, each leading to where it is added. */
function KindList({ kinds, system }: Omit<KindsProps, 'metric'>): JSX.Element {
  const demo = useTimeline((timeline) => timeline.demo)
  const parts = new Intl.ListFormat('en', { type: 'disjunction' }).formatToParts(kinds.map(({ kind }) => kind))
  return (
    <>
      {parts.map(({ type, value }) =>
        // The systems of the demo stand in no file that a source could be added to.
        type === 'element' && !demo ? (
          <Link key={value} to="/setup/add" search={{ system, kind: value }}>
            {value}
          </Link>
        ) : (
          <Fragment key={`${type} ${value}`}>{value}</Fragment>
        ),
      )}
    </>
  )
}
