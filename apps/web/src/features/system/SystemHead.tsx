import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isSimulated } from '../../data/demo.ts'
import { isLost } from '../../data/connection.ts'
import { systemFreshness } from '../../data/freshness.ts'
import { stateWord } from '../../data/system-words.ts'
import { useConnection, useServerNow, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { clockText, momentText } from '../../ui/format-time.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useZone } from '../../ui/zone-context.ts'
import classes from './system.module.css'

/** Name, state in shape and word, since when, and how old that is. */
export function SystemHead({ system }: { system: SystemView }): JSX.Element {
  const demo = useTimeline((timeline) => timeline.demo)
  return (
    <header
      className={`${classes.head} ${classes[system.state]}`}
      data-system={system.id}
      data-state={system.state}
      data-down={system.down}
    >
      <h1>
        <bdi title={system.name}>{system.name}</bdi>
        {isSimulated(system, demo) && <span className={classes.demo}>demo</span>}
      </h1>
      <p className={classes.state}>
        <StateMark mark={system.state} size={22} />
        <b>{stateWord(system)}</b>
        {system.band !== undefined && <span>{system.band}</span>}
      </p>
      <HeadTimes system={system} />
    </header>
  )
}

function HeadTimes({ system }: { system: SystemView }): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  const timeline = useTimelineStore()
  const lost = isLost(useConnection())
  const fresh = systemFreshness(system, (source) => timeline.answeredAt(system.id, source), now)
  return (
    <p className={classes.times}>
      {stateWord(system)} since {momentText(system.since, now, zone)} ({ageText(now - system.since)})
      <br />
      {lost ? `As of ${clockText(timeline.heardAt ?? now, zone, true)}: the collector does not answer` : null}
      {!lost && fresh.kind === 'fresh' && `Data ${ageText(now - fresh.at)} old`}
      {!lost && fresh.kind === 'stale' && (
        <span className={classes.stale}>
          No answer for {ageText(now - fresh.at)}, last ok {momentText(fresh.at, now, zone, true)}
        </span>
      )}
      {!lost && fresh.kind === 'never' && <span className={classes.stale}>It has not answered yet</span>}
      {!lost && fresh.kind === 'pending' && 'Waiting for its first answer'}
    </p>
  )
}
