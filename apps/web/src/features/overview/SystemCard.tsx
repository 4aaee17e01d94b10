import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { seriesOfResource } from '../../data/headroom-now.ts'
import { stateWord } from '../../data/system-words.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import type { Mark } from '../../ui/mark.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useInView } from '../../ui/use-in-view.ts'
import { CardAge, CardWords } from './CardWords.tsx'
import { HeadroomRow } from './HeadroomRow.tsx'
import { AlertTrend } from './AlertTrend.tsx'
import { pickRows } from './pick-rows.ts'
import { useTrends } from './queries.ts'
import classes from './overview.module.css'

type Props = { system: SystemView; alerts: readonly Alert[] }

/** One system: shape and word, what is wrong, how much room there is, how old all that is. */
export const SystemCard = memo(function SystemCard({ system, alerts }: Props): JSX.Element {
  const { ref, inView } = useInView()
  const word = stateWord(system)
  return (
    <article
      ref={ref}
      className={`${classes.card} ${classes[system.state]}`}
      data-system={system.id}
      data-state={system.state}
      data-down={system.down}
    >
      <header className={classes.cardHead}>
        <StateMark mark={system.state} size={18} />
        <h2 className={classes.cardName}>
          <Link to="/systems/$systemId" params={{ systemId: system.id }} className={classes.cardLink}>
            {system.name}
          </Link>
        </h2>
        <span className={classes.word}>{word}</span>
      </header>
      <CardWords system={system} alerts={alerts} />
      {inView ? <CardBody system={system} alerts={alerts} /> : <div className={classes.bodyPlace} />}
      <footer className={classes.cardFoot}>
        <CardAge system={system} />
        <span>{system.sources.length === 1 ? '1 source' : `${system.sources.length} sources`}</span>
      </footer>
    </article>
  )
})

function CardBody({ system, alerts }: Props): JSX.Element {
  const series = useTimeline((timeline) => timeline.seriesOf(system.id))
  const rows = pickRows(system.headroom).map((row) => ({ row, series: seriesOfResource(row, series) }))
  const shown = alerts.find(
    (alert) =>
      alert.series !== undefined && alert.unit !== 'bool' && !rows.some((each) => each.series?.id === alert.series),
  )
  const wanted = [
    ...rows.flatMap((each) => (each.series === undefined ? [] : [each.series.id])),
    ...(shown?.series === undefined ? [] : [shown.series]),
  ]
  const histories = useTrends(wanted, true)
  const everyMs = (source: string | undefined): number =>
    (system.sources.find((each) => each.id === source)?.everySeconds ?? 10) * 1000
  const markOf = (metric: string, id: number | undefined): Mark =>
    alerts.find((alert) => (alert.series === undefined ? alert.title.startsWith(metric) : alert.series === id))
      ?.severity ?? 'ok'
  return (
    <dl className={classes.rows}>
      {shown?.series !== undefined && (
        <AlertTrend
          alert={shown}
          series={shown.series}
          history={histories.find((each) => each.id === shown.series)}
          everyMs={everyMs(series.find((each) => each.id === shown.series)?.source)}
        />
      )}
      {rows.map(({ row, series: own }) => (
        <HeadroomRow
          key={row.resource}
          row={row}
          series={own}
          history={histories.find((each) => each.id === own?.id)}
          everyMs={everyMs(own?.source)}
          mark={markOf(row.title, own?.id)}
        />
      ))}
      {rows.length === 0 && shown === undefined && (
        <div className={classes.noRows}>
          <dt className="visually-hidden">Headroom</dt>
          <dd>No limit is known for this system yet.</dd>
        </div>
      )}
    </dl>
  )
}
