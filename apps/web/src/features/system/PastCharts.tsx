import type { JSX } from 'react'
import { useGuide } from './left-queries.ts'
import classes from './system.module.css'

/** Where the long lists stand on a narrow page. */
export const LISTS = 'system-lists'
const CRITERIA = 'success-title'
const PLACES = [
  { id: CRITERIA, name: 'success criteria' },
  { id: 'sources-title', name: 'sources' },
  { id: 'flags-title', name: 'all flags' },
]

/** On a narrow page the lists come after many pictures: the way past them. */
export function PastCharts({ system }: { system: string }): JSX.Element {
  const criteria = useGuide(system).guide.success.length > 0
  const show = (id: string): void => {
    const place = document.getElementById(id) ?? document.getElementById(LISTS)
    place?.scrollIntoView()
    place?.setAttribute('tabindex', '-1')
    place?.focus({ preventScroll: true })
  }
  return (
    <nav className={classes.past} aria-label="Below the charts">
      Below the charts:
      {PLACES.filter(({ id }) => criteria || id !== CRITERIA).map(({ id, name }) => (
        <button key={id} type="button" onClick={() => show(id)}>
          {name}
        </button>
      ))}
    </nav>
  )
}
