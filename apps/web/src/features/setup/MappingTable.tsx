import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { JSX } from 'react'
import type { MappingView } from '@headroom/shared/contracts.ts'
import type { Corrections } from '@headroom/shared/model/correction.ts'
import type { Draft } from './drafts.ts'
import { MappingRow } from './MappingRow.tsx'
import { matchesRow, rowKey, TAKEN_WORDS, takenCounts, takenOf } from './mapping-rows.ts'
import type { Taken } from './mapping-rows.ts'
import classes from './mapping.module.css'

/** A document with more numbers than this is opened whole only when asked. */
const MOST_ROWS = 30
/** With so few rows one sees for oneself which were not recognised. */
const FILTER_FROM = 12

type Props = {
  mapping: MappingView
  search: string
  /** Absent where this kind of source takes none. */
  corrections: Corrections | undefined
  draft: Draft
  onLines: () => void
}

/** Where each number of a document went. */
export function MappingTable({ mapping, search, corrections, draft, onLines }: Props): JSX.Element {
  const [whole, setWhole] = useState(false)
  const [only, setOnly] = useState<Taken>()
  const [editing, setEditing] = useState<string>()
  const all = mapping.mapped
  const counts = useMemo(() => takenCounts(all), [all])
  const found = all.filter((row) => (only === undefined || takenOf(row) === only) && matchesRow(row, search))
  const rows = whole || found.length <= MOST_ROWS ? found : found.slice(0, MOST_ROWS)
  return (
    <div className={classes.mapping}>
      {all.length > FILTER_FROM && counts.length > 1 && (
        <div className={classes.filter} role="group" aria-label="Show only">
          <button type="button" aria-pressed={only === undefined} onClick={() => setOnly(undefined)}>
            all {all.length}
          </button>
          {counts.map(([taken, count]) => (
            <button
              key={taken}
              type="button"
              aria-pressed={only === taken}
              onClick={() => setOnly(only === taken ? undefined : taken)}
            >
              {TAKEN_WORDS[taken]} {count}
            </button>
          ))}
        </div>
      )}
      {search !== '' && found.length < all.length && (
        <p className={classes.quiet}>
          {found.length} of {all.length} values hold “{search}”
        </p>
      )}
      <div className={classes.heads} aria-hidden="true">
        <span>In the answer</span>
        <span>Taken for</span>
        <span>Value</span>
      </div>
      <ul className={classes.rows} aria-label={`What ${mapping.source} of ${mapping.system} was mapped to`}>
        {rows.map((row) => {
          const key = rowKey(row)
          return (
            <MappingRow
              key={key}
              row={row}
              corrections={corrections}
              draft={draft}
              editing={editing === key}
              onEdit={(edit) => setEditing(edit ? key : undefined)}
              onLines={onLines}
            />
          )
        })}
      </ul>
      {rows.length < found.length && (
        <Button size="compact-sm" variant="default" className={classes.whole} onClick={() => setWhole(true)}>
          Show all {found.length}
        </Button>
      )}
    </div>
  )
}
