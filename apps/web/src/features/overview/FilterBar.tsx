import { useEffect, useId, useRef } from 'react'
import type { JSX } from 'react'
import { markOf } from './mark-of.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import type { Facet, Facets } from './filter-systems.ts'
import { isUsed } from './overview-search.ts'
import type { Filter } from './overview-search.ts'
import { NO_FILTER } from './use-filter.ts'
import type { ChangeFilter } from './use-filter.ts'
import classes from './filter.module.css'

type Props = {
  filter: Filter
  facets: Facets
  /** How many systems pass, and of how many. */
  shown: number
  all: number
  /** How often it was asked for by its key: each time one wants to type. */
  asked: number
  onChange: (to: ChangeFilter) => void
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
    // The button is gone with its reason.
    field.current?.focus()
    onChange(() => NO_FILTER)
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
          onChange={(event) => {
            const text = event.currentTarget.value
            onChange((newest) => ({ ...newest, text }))
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            if (event.currentTarget.value === '') event.currentTarget.blur()
            event.currentTarget.value = ''
            onChange((newest) => ({ ...newest, text: '' }))
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
        onPress={(word) => onChange((newest) => ({ ...newest, states: toggled(newest.states, word) }))}
      />
      <Chips
        label="Preset"
        facets={facets.presets}
        show={(preset) => preset}
        onPress={(preset) => onChange((newest) => ({ ...newest, presets: toggled(newest.presets, preset) }))}
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
  onPress: (value: T) => void
}

function Chips<T extends string>({ label, facets, show, onPress }: ChipsProps<T>): JSX.Element | null {
  if (facets.length < 2 && !facets.some((facet) => facet.chosen)) return null
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      {facets.map(({ value, count, chosen: pressed }) => (
        <button
          key={value}
          type="button"
          className={classes.chip}
          aria-pressed={pressed}
          onClick={() => onPress(value)}
        >
          {show(value)} <span className={classes.number}>{count}</span>
        </button>
      ))}
    </div>
  )
}

function toggled<T>(chosen: readonly T[], value: T): T[] {
  return chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]
}
