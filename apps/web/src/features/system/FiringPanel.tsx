import type { JSX } from 'react'
import { FlagItem } from './FlagItem.tsx'
import { useGuide } from './left-queries.ts'
import { needsSomebody, useFlagGroups } from './use-flag-groups.ts'
import classes from './panels.module.css'
import flags from './flags.module.css'

/** Past so many, one reads the worst and opens the others. */
const MOST_OPEN = 6

/** What is wrong, worst first, with the document's words and the first steps at hand. */
export function FiringPanel({ system }: { system: string }): JSX.Element | null {
  const firing = useFlagGroups(system).filter(needsSomebody)
  const { guide } = useGuide(system)
  if (firing.length === 0) return null
  return (
    <section className={classes.panel} data-live aria-labelledby="firing-title">
      <h2 id="firing-title">
        What is wrong <span className={classes.count}>{firing.length} firing</span>
      </h2>
      <ul className={flags.flags}>
        {firing.map((group, index) => (
          <FlagItem key={group.key} group={group} guide={guide} open={index < MOST_OPEN} />
        ))}
      </ul>
    </section>
  )
}
