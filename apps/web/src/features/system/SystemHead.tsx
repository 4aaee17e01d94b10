import type { JSX, Ref } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isSimulated } from '../../data/demo.ts'
import { stateWord } from '../../data/system-words.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { momentText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { useZone } from '../../ui/zone-context.ts'
import { StandingMark } from './StandingMark.tsx'
import { StandingWords } from './StandingWords.tsx'
import { standingWord } from './standing.ts'
import { useStanding } from './use-standing.ts'
import classes from './system.module.css'

/** Name, state in shape and word, since when, how old that is; and where it is not known, why. */
export function SystemHead({ system, ref }: { system: SystemView; ref?: Ref<HTMLElement> }): JSX.Element {
  const demo = useTimeline((timeline) => timeline.demo)
  return (
    <header
      className={classes.head}
      ref={ref}
      data-system={system.id}
      data-state={system.state}
      data-down={system.down}
    >
      <h1>
        <bdi title={system.name}>{system.name}</bdi>
        {isSimulated(system, demo) && <span className={classes.demo}>demo</span>}
      </h1>
      <HeadState system={system} />
    </header>
  )
}

function HeadState({ system }: { system: SystemView }): JSX.Element {
  const { standing, fresh, now } = useStanding(system)
  const zone = useZone()
  const word = stateWord(system)
  return (
    <div className={`${classes.standing} ${classes[lookOf(standing.kind, word)]}`} data-standing={standing.kind}>
      <p className={classes.state}>
        <StandingMark standing={standing} size={22} />
        <b>{standingWord(standing)}</b>
        {system.band !== undefined && standing.kind === 'known' && <span>{system.band}</span>}
      </p>
      <StandingWords standing={standing} now={now} />
      <p className={classes.times}>
        {standing.kind === 'lost' ? 'was ' : ''}
        {word} since <Moment at={system.since}>{momentText(system.since, now, zone)}</Moment> (
        {ageText((standing.kind === 'lost' ? standing.at : now) - system.since)})
        {standing.kind === 'known' && fresh.kind === 'fresh' && (
          <>
            <br />
            Data {ageText(now - fresh.at)} old
          </>
        )}
        {standing.kind === 'known' && standing.late !== undefined && (
          <>
            <br />
            <span className={classes.late}>
              No answer for {ageText(now - standing.late)}, last ok{' '}
              <Moment at={standing.late}>{momentText(standing.late, now, zone, true)}</Moment>
            </span>
          </>
        )}
      </p>
    </div>
  )
}

type Look = 'lost' | 'down' | 'unknown' | 'critical' | 'warning' | 'calm'

/** Lost is dashed, down is solid and red, unknown is hatched: three looks that cannot be taken for one another. */
function lookOf(kind: ReturnType<typeof useStanding>['standing']['kind'], word: ReturnType<typeof stateWord>): Look {
  if (kind === 'lost' || kind === 'down') return kind
  if (kind !== 'known') return 'unknown'
  return word === 'critical' || word === 'warning' ? word : 'calm'
}
