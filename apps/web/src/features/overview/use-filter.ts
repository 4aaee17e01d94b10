import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { filterOf, searchOf } from './overview-search.ts'
import type { Filter } from './overview-search.ts'

/** The filter of the overview: it is in the address, so that a link or a reload shows the same systems. */
export function useFilter(): { filter: Filter; setFilter: (next: Filter) => void } {
  const search = useSearch({ from: '/' })
  const navigate = useNavigate()
  const filter = useMemo(() => filterOf(search), [search])
  return {
    filter,
    setFilter: (next) => void navigate({ to: '/', search: searchOf(next), replace: true, resetScroll: false }),
  }
}

export const NO_FILTER: Filter = { text: '', states: [], presets: [] }
