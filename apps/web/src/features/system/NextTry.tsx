import type { JSX } from 'react'
import { useServerNow } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { clockText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { useZone } from '../../ui/zone-context.ts'
import { useAsked } from './left-queries.ts'
import classes from './panels.module.css'

/** When a source that fails is asked again: the collector asks it less and less often. */
export function NextTry({ system, source }: { system: string; source: string }): JSX.Element | null {
  const asked = useAsked(system).data?.find((each) => each.source === source)
  const now = useServerNow()
  const zone = useZone()
  if (asked === undefined || asked.nextAt === null) return null
  const left = asked.nextAt - now
  return (
    <p className={classes.quiet}>
      {asked.failures > 1 && `Failed ${asked.failures} times in a row. `}
      Next try {left > 0 ? `in ${ageText(left)} (` : 'now ('}
      <Moment at={asked.nextAt}>{clockText(asked.nextAt, zone, true)}</Moment>)
    </p>
  )
}
