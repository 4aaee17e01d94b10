import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { JSX } from 'react'
import { useTimelineStore } from '../data/use-timeline.ts'
import { clockText, dayText, zoneName } from '../ui/format-time.ts'
import { setPrinting } from '../ui/printing.ts'
import { useZone } from '../ui/zone-context.ts'
import classes from './shell.module.css'

/** Stands only on paper: what this is, of when it is, and when it was printed. */
export function PrintLine(): JSX.Element {
  const timeline = useTimelineStore()
  const zone = useZone()
  const [printedAt, setPrintedAt] = useState(() => timeline.serverNow())
  useEffect(() => {
    const here = new AbortController()
    const begin = (): void =>
      flushSync(() => {
        setPrintedAt(timeline.serverNow())
        // However it was asked for: what can be drawn at once still is.
        setPrinting(true)
      })
    window.addEventListener('beforeprint', begin, { signal: here.signal })
    const end = (): void => {
      delete document.documentElement.dataset['paper']
      setPrinting(false)
    }
    window.addEventListener('afterprint', end, { signal: here.signal })
    return () => here.abort()
  }, [timeline])
  const { heardAt } = timeline
  return (
    <p className={classes.printLine} aria-hidden="true">
      <b>Headroom</b>, printed {dayText(printedAt, zone)}, {clockText(printedAt, zone, true)} ({zoneName(zone)})
      {heardAt !== null && `; values as of ${clockText(heardAt, zone, true)}`}
    </p>
  )
}
