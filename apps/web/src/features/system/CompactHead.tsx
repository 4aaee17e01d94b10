import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { StandingMark } from './StandingMark.tsx'
import { standingWord } from './standing.ts'
import { needsSomebody, useFlagGroups } from './use-flag-groups.ts'
import { useStanding } from './use-standing.ts'
import classes from './system.module.css'

/** Which system this is and how it stands, over everything else once its head is scrolled away. */
export function CompactHead({ system }: { system: SystemView }): JSX.Element {
  const { standing } = useStanding(system)
  const firing = useFlagGroups(system.id).filter(needsSomebody).length
  return (
    <div className={`${classes.compact} ${classes[standing.kind]}`} data-compact-head>
      <StandingMark standing={standing} size={16} />
      <span className={classes.compactName}>
        <bdi>{system.name}</bdi>
      </span>
      <b>{standingWord(standing)}</b>
      {firing > 0 && <span className={classes.compactMore}>{firing} firing</span>}
      <button
        type="button"
        className={classes.top}
        onClick={() => {
          window.scrollTo({ top: 0 })
          document.getElementById('main')?.focus({ preventScroll: true })
        }}
      >
        To the top
      </button>
    </div>
  )
}
