import { useState } from 'react'
import type { JSX } from 'react'
import { useServerStep } from '../../data/use-timeline.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { numberText } from '../../ui/format-number.ts'
import { momentText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { useZone } from '../../ui/zone-context.ts'
import type { KeptLine } from './log-lines.ts'
import classes from './log.module.css'

const MINUTE_MS = 60_000
/** A longer line is cut, unless so little would be left over that the cut saves nothing. */
const SHOWN = 160
const WORTH_CUTTING = 200

/** One line as it was kept: when it was read, of which log, and word for word. */
export function LogLine({ line }: { line: KeptLine }): JSX.Element {
  const { at, source, text, more } = line
  const now = useServerStep(MINUTE_MS)
  const zone = useZone()
  const [whole, setWhole] = useState(false)
  const long = text.length > WORTH_CUTTING
  const time = momentText(at, now, zone, true)
  return (
    <li>
      <div className={classes.lineHead}>
        <Moment at={at}>{time}</Moment> <bdi>{source}</bdi>
        <CopyButton text={text} what={`the line of ${time}`} subtle />
      </div>
      <code className={classes.line} dir="ltr">
        {long && !whole ? `${text.slice(0, SHOWN).toWellFormed()}…` : text}
      </code>
      {long && (
        <button
          type="button"
          className={classes.whole}
          aria-expanded={whole}
          aria-label={whole ? `Less of the line of ${time}` : `Whole line of ${time}`}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Less' : 'Whole line'}
        </button>
      )}
      {more > 0 && <p className={classes.quiet}>and {numberText(more, 'count')} more after it, counted and not kept</p>}
    </li>
  )
}
