import { CatchBoundary, Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { ErrorComponentProps } from '@tanstack/react-router'
import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isSimulated } from '../../data/demo.ts'
import { stateWord } from '../../data/system-words.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useSeen } from '../../ui/use-seen.ts'
import type { Change } from './card-order.ts'
import { CardBody } from './CardBody.tsx'
import { CardFoot } from './CardFoot.tsx'
import { CardGist } from './CardGist.tsx'
import { CardWords } from './CardWords.tsx'
import { StateTag } from './StateTag.tsx'
import classes from './overview.module.css'

type Props = { system: SystemView; alerts: readonly Alert[]; change: Change | undefined }

/** One system: shape and word, what is wrong, how much room there is, how old all that is. */
export const SystemCard = memo(function SystemCard({ system, alerts, change }: Props): JSX.Element {
  const { ref, seen } = useSeen()
  return (
    <article
      ref={ref}
      className={`${classes.card} ${classes[system.state]}`}
      data-system={system.id}
      data-state={system.state}
      data-down={system.down}
    >
      <CardHead system={system} change={change} />
      <CatchBoundary getResetKey={() => system.since} errorComponent={CardBroke}>
        <CardWords system={system} alerts={alerts} seen={seen} />
        {seen ? <CardBody system={system} alerts={alerts} /> : <CardGist system={system} />}
        <CardFoot system={system} seen={seen} />
      </CatchBoundary>
    </article>
  )
})

function CardHead({ system, change }: Pick<Props, 'system' | 'change'>): JSX.Element {
  const demo = useTimeline((timeline) => timeline.demo)
  return (
    <header className={classes.cardHead}>
      <StateMark mark={system.state} size={18} />
      <h2 className={classes.cardName}>
        <Link to="/systems/$systemId" params={{ systemId: system.id }} className={classes.cardLink} title={system.name}>
          <bdi>{system.name}</bdi>
        </Link>
        {isSimulated(system, demo) && <span className={classes.demo}>demo</span>}
      </h2>
      <StateTag word={stateWord(system)} change={change} />
    </header>
  )
}

/** What is wrong with one card must not take the others away. */
function CardBroke({ error, reset }: ErrorComponentProps): JSX.Element {
  return (
    <div className={classes.words}>
      <p className={classes.wrong}>This card could not be drawn</p>
      <p className={classes.since}>{error instanceof Error ? error.message : String(error)}</p>
      <p>
        <button type="button" className={classes.again} onClick={reset}>
          Try again
        </button>
      </p>
    </div>
  )
}
