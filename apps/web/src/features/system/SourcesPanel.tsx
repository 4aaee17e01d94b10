import type { JSX } from 'react'
import type { SourceView, SystemView } from '@headroom/shared/model/system.ts'
import { sourceFreshness } from '../../data/freshness.ts'
import { useServerNow, useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { momentText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { useZone } from '../../ui/zone-context.ts'
import { Fold } from './Fold.tsx'
import { LastAnswer } from './LastAnswer.tsx'
import { NextTry } from './NextTry.tsx'
import classes from './panels.module.css'

/** Where the numbers come from, how old each source's last answer is, what is wrong with it, and what it said. */
export function SourcesPanel({ system }: { system: SystemView }): JSX.Element {
  return (
    <section className={classes.panel} data-live aria-labelledby="sources-title">
      <h2 id="sources-title">Sources</h2>
      {system.sources.length === 0 && (
        <p className={classes.quiet}>
          None is configured. Add one under <code>sources:</code> in <code>headroom.yaml</code>.
        </p>
      )}
      <ul className={classes.sources}>
        {system.sources.map((source) => (
          <SourceRow key={source.id} source={source} system={system.id} />
        ))}
      </ul>
    </section>
  )
}

function SourceRow({ source, system }: { source: SourceView; system: string }): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  const timeline = useTimelineStore()
  const fresh = sourceFreshness(source, timeline.answeredAt(system, source.id), now)
  const late = source.state === 'failing' || fresh.kind === 'stale' || fresh.kind === 'never'
  const mark = late ? 'unknown' : fresh.kind === 'pending' ? 'info' : 'ok'
  // Late already, though no try has failed yet: it must not be called ok.
  const word =
    mark === 'unknown' && source.state === 'ok' ? 'late' : source.state === 'pending' ? 'waiting' : source.state
  return (
    <li data-source={source.id} data-mark={mark}>
      <div className={`${classes.sourceHead} ${mark === 'unknown' ? classes.sourceLate : ''}`}>
        <StateMark mark={mark} size={14} />
        <b>
          <bdi>{source.id}</bdi>
        </b>
        {source.id !== source.type && <span className={classes.quiet}>{source.type}</span>}
        <span className={classes.sourceState}>{word}</span>
      </div>
      <p className={classes.quiet}>
        {'at' in fresh ? (
          <>
            last ok {ageText(now - fresh.at)} ago (
            <Moment at={fresh.at}>{momentText(fresh.at, now, zone, true)}</Moment>)
          </>
        ) : (
          'no answer yet'
        )}
        {`, every ${numberText(source.everySeconds, 'seconds')}`}
        {source.tookSeconds !== null && `, took ${numberText(source.tookSeconds, 'seconds')}`}
      </p>
      {source.error !== undefined && (
        <p className={classes.problem}>
          {source.error.message} <code>{source.error.code}</code>
        </p>
      )}
      {source.state === 'failing' && <NextTry system={system} source={source.id} />}
      {source.leftOut > 0 && (
        <p className={classes.quiet}>
          {source.leftOut} series left out: raise <code>maxSeries</code> to keep them
        </p>
      )}
      <Fold name={`${system}/answer/${source.id}`} className={classes.answer} summary="Last answer">
        {() => <LastAnswer system={system} source={source.id} />}
      </Fold>
    </li>
  )
}
