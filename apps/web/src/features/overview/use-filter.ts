import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { filterOf, searchOf } from './overview-search.ts'
import type { Filter } from './overview-search.ts'

/**
 * What becomes of a filter. It is told the newest one: while the page is busy, what was typed or chosen a moment ago is in
 * the address but not yet drawn.
 */
export type ChangeFilter = (newest: Filter) => Filter

/** The filter of the overview: it is in the address, so that a link or a reload shows the same systems. */
export function useFilter(): { filter: Filter; change: (to: ChangeFilter) => void } {
  const search = useSearch({ from: '/' })
  const navigate = useNavigate()
  const filter = useMemo(() => filterOf(search), [search])
  return {
    filter,
    change: (to) =>
      void navigate({
        to: '/',
        search: (newest) => searchOf(to(filterOf(newest))),
        replace: true,
        resetScroll: false,
      }),
  }
}

export const NO_FILTER: Filter = { text: '', states: [], presets: [] }
