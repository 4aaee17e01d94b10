import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isLost } from '../../data/connection.ts'
import { systemFreshness } from '../../data/freshness.ts'
import { useConnection, useServerNow, useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { momentText } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import { sourceWords } from './source-words.ts'
import { useCardNow } from './use-card-now.ts'
import classes from './overview.module.css'

/** How old all of a card is, and whether its sources answer. */
export function CardFoot({ system, seen }: { system: SystemView; seen: boolean }): JSX.Element {
  return (
    <footer className={classes.cardFoot}>
      <CardAge system={system} seen={seen} />
      <span>{sourceWords(system)}</span>
    </footer>
  )
}

/** The age of a system's data; while nothing comes, the moment that all of it is from. */
function CardAge({ system, seen }: { system: SystemView; seen: boolean }): JSX.Element {
  const now = useCardNow(seen)
  const zone = useZone()
  const timeline = useTimelineStore()
  const late = `${classes.age} ${classes.ageStale}`
  const lost = isLost(useConnection())
  // The card's own time stands still then, and of which day it is cannot be said by it.
  const today = useServerNow(lost && seen)
  if (lost) return <span className={late}>as of {momentText(timeline.heardAt ?? now, today, zone, true)}</span>
  const fresh = systemFreshness(system, (source) => timeline.answeredAt(system.id, source), now)
  switch (fresh.kind) {
    case 'fresh':
      return <span className={classes.age}>{ageText(now - fresh.at)} old</span>
    case 'stale':
      return <span className={late}>stale {ageText(now - fresh.at)}</span>
    case 'never':
      return <span className={late}>no data yet</span>
    case 'pending':
      return <span className={classes.age}>starting</span>
  }
}
