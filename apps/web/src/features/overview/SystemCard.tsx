import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isSimulated } from '../../data/demo.ts'
import { stateWord } from '../../data/system-words.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useInView } from '../../ui/use-in-view.ts'
import { CardBody } from './CardBody.tsx'
import { CardAge, CardWords } from './CardWords.tsx'
import classes from './overview.module.css'

type Props = { system: SystemView; alerts: readonly Alert[] }

/** One system: shape and word, what is wrong, how much room there is, how old all that is. */
export const SystemCard = memo(function SystemCard({ system, alerts }: Props): JSX.Element {
  const { ref, inView } = useInView()
  const demo = useTimeline((timeline) => timeline.demo)
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
          <Link
            to="/systems/$systemId"
            params={{ systemId: system.id }}
            className={classes.cardLink}
            title={system.name}
          >
            <bdi>{system.name}</bdi>
          </Link>
          {isSimulated(system, demo) && <span className={classes.demo}>demo</span>}
        </h2>
        <span className={classes.word}>{word}</span>
      </header>
      <CardWords system={system} alerts={alerts} seen={inView} />
      {inView ? <CardBody system={system} alerts={alerts} /> : <div className={classes.bodyPlace} />}
      <footer className={classes.cardFoot}>
        <CardAge system={system} seen={inView} />
        <span>{system.sources.length === 1 ? '1 source' : `${system.sources.length} sources`}</span>
      </footer>
    </article>
  )
})
