import type { JSX } from 'react'
import { nothingFoundWords } from './nothing-found-words.ts'
import type { Filter } from './overview-search.ts'
import { NO_FILTER } from './use-filter.ts'
import type { ChangeFilter } from './use-filter.ts'
import classes from './overview.module.css'

/** No system passes the filter: what was asked, and the way back. */
export function NothingFound({
  filter,
  onChange,
}: {
  filter: Filter
  onChange: (to: ChangeFilter) => void
}): JSX.Element {
  return (
    <div className={classes.nothing}>
      <p>{nothingFoundWords(filter)}</p>
      <button type="button" className={classes.again} onClick={() => onChange(() => NO_FILTER)}>
        Show all systems
      </button>
    </div>
  )
}
