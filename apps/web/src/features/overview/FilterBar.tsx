import { useEffect, useId, useRef } from 'react'
import type { JSX } from 'react'
import { markOf } from './mark-of.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import type { Facet, Facets } from './filter-systems.ts'
import { isUsed } from './overview-search.ts'
import type { Filter } from './overview-search.ts'
import { NO_FILTER } from './use-filter.ts'
import classes from './filter.module.css'

type Props = {
  filter: Filter
  facets: Facets
  /** How many systems pass, and of how many. */
  shown: number
  all: number
  /** How often it was asked for by its key: each time one wants to type. */
  asked: number
  onChange: (next: Filter) => void
}

/** Finds systems by name, id or preset, and keeps those in some states or of some presets. */
export function FilterBar({ filter, facets, shown, all, asked, onChange }: Props): JSX.Element {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (asked > 0) field.current?.select()
  }, [asked])
  useEffect(() => {
    // The address changed by itself: by "clear", or by going back. While one types, the field is ahead of the address.
    const input = field.current
    if (input !== null && input !== document.activeElement) input.value = filter.text
  }, [filter.text])
  const clear = (): void => {
    if (field.current !== null) field.current.value = ''
    onChange(NO_FILTER)
  }
  return (
    <search className={classes.bar} aria-label="Systems">
      <div className={classes.find}>
        <label htmlFor={id} className="visually-hidden">
          Find systems by name, id or preset
        </label>
        <input
          id={id}
          ref={field}
          type="search"
          className={classes.field}
          placeholder="Find by name, id or preset"
          defaultValue={filter.text}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="done"
          onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            if (event.currentTarget.value === '') event.currentTarget.blur()
            event.currentTarget.value = ''
            onChange({ ...filter, text: '' })
          }}
        />
      </div>
      <Chips
        label="State"
        facets={facets.states}
        show={(word) => (
          <>
            <StateMark mark={markOf(word)} size={14} />
            {word}
          </>
        )}
        onChange={(states) => onChange({ ...filter, states })}
      />
      <Chips
        label="Preset"
        facets={facets.presets}
        show={(preset) => preset}
        onChange={(presets) => onChange({ ...filter, presets })}
      />
      <div className={classes.count}>
        <span role="status">{isUsed(filter) ? `${shown} of ${all} ${all === 1 ? 'system' : 'systems'}` : ''}</span>
        {isUsed(filter) && (
          <button type="button" className={classes.clear} onClick={clear}>
            Clear
          </button>
        )}
      </div>
    </search>
  )
}

type ChipsProps<T> = {
  label: string
  facets: readonly Facet<T>[]
  show: (value: T) => JSX.Element | string
  onChange: (chosen: T[]) => void
}

function Chips<T extends string>({ label, facets, show, onChange }: ChipsProps<T>): JSX.Element | null {
  if (facets.length < 2 && !facets.some((facet) => facet.chosen)) return null
  const chosen = facets.filter((facet) => facet.chosen).map((facet) => facet.value)
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      {facets.map(({ value, count, chosen: pressed }) => (
        <button
          key={value}
          type="button"
          className={classes.chip}
          aria-pressed={pressed}
          onClick={() => onChange(pressed ? chosen.filter((each) => each !== value) : [...chosen, value])}
        >
          {show(value)} <span className={classes.number}>{count}</span>
        </button>
      ))}
    </div>
  )
}
