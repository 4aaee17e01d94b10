import type { JSX } from 'react'
import { useServerNow } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { lineText } from '../../ui/line-text.ts'
import { distanceText } from '../../ui/line-words.ts'
import type { Mark } from '../../ui/mark.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { FlagDetails } from './FlagDetails.tsx'
import { distanceOf } from './flag-distance.ts'
import { flagLineText, flagSubject, lineFrom } from './flag-words.ts'
import type { FlagGroup, FlagRow } from './flag-rows.ts'
import { Fold } from './Fold.tsx'
import type { Guide } from './guide.ts'
import { useFlagValue, useIsBlind } from './use-flag-value.ts'
import classes from './flags.module.css'

type Props = { group: FlagGroup; guide: Guide; open: boolean }

/** One condition: its shape and title, the value now, its line or two and how far they are; opened, the document's words. */
export function FlagItem({ group, guide, open }: Props): JSX.Element {
  const { lead, standing, rows } = group
  const { flag } = lead
  const firing = standing === 'firing'
  const blind = useIsBlind(flag, guide)
  const mark = markOf(lead, blind)
  // Each occurrence is open anew, whatever became of the one before.
  const occurrence = firing ? `/${lead.alert?.id ?? ''}` : ''
  return (
    <li
      className={`${classes.flag} ${firing ? classes[flag.severity] : ''}`}
      data-flag={flag.id}
      data-standing={standing}
      data-mark={mark}
    >
      <Fold
        name={`${flag.system}/${group.key}${occurrence}`}
        byDefault={open}
        summary={
          <>
            <StateMark mark={mark} size={14} />
            <span className={classes.title}>
              <bdi>{flag.title}</bdi>
            </span>
            <FlagNow flag={flag} guide={guide} blind={blind} />
            <span className={classes.lines}>
              {rows.map((row) => (
                <FlagLine key={row.flag.id} row={row} guide={guide} first={row === rows[0]} leads={row === lead} />
              ))}
            </span>
          </>
        }
      >
        {() => <FlagDetails group={group} guide={guide} />}
      </Fold>
    </li>
  )
}

/** A tick only where it is known to be clear: held is past its line already. */
function markOf({ flag, standing }: FlagRow, blind: boolean): Mark {
  if (standing === 'firing') return flag.severity
  if (standing === 'unsupplied' || blind || flag.line === null) return 'unknown'
  return standing === 'pending' ? 'info' : 'ok'
}

function FlagNow({ flag, guide, blind }: { flag: FlagRow['flag']; guide: Guide; blind: boolean }): JSX.Element {
  const value = useFlagValue(flag, guide)
  const comparable = distanceOf(flag, value) !== undefined
  return (
    <span className={classes.now}>
      {blind ? 'not known now' : comparable && value !== null ? numberText(value, flag.unit) : ''}
    </span>
  )
}

type LineProps = { row: FlagRow; guide: Guide; first: boolean; leads: boolean }

/** `warning: memory > 80 %, 12 % to the line`; the second line of a condition does not name its subject again. */
function FlagLine({ row, guide, first, leads }: LineProps): JSX.Element {
  const { flag, standing } = row
  const value = useFlagValue(flag, guide)
  const distance = distanceOf(flag, value)
  const from = lineFrom(flag)
  const short = !first && distance !== undefined && flag.line !== null
  const words = short ? lineText(flag.compare, flag.line ?? 0, flag.unit) : flagLineText(flag)
  const own = leads ? {} : { 'data-flag': flag.id, 'data-standing': standing }
  return (
    <span className={`${classes.line} ${standing === 'firing' ? classes.past : ''}`} {...own}>
      {standing === 'unsupplied' ? (
        `${flag.severity}: nothing gives ${flagSubject(flag)} yet`
      ) : (
        <>
          {flag.severity}: {words}
          {flag.conditional && ', under conditions'}
          {flag.line !== null && distance !== undefined && from !== 'documented' && ` (${from})`}
          {distance !== undefined && value !== null && `, ${distanceWords(row, value, distance)}`}
          {standing === 'pending' && row.alert !== undefined && (
            <Held since={row.alert.since} holdSeconds={flag.holdSeconds} />
          )}
        </>
      )}
    </span>
  )
}

/** How far the value is from the line; of a flag that still fires, that it came back but not far enough to clear. */
function distanceWords({ flag, standing }: FlagRow, value: number, distance: number): string {
  if (flag.line === null) return ''
  if (standing !== 'firing' || distance <= 0) return distanceText(value, flag.compare, flag.line, flag.unit)
  const clears =
    flag.clear === null || flag.clear === flag.line ? '' : `, clears at ${numberText(flag.clear, flag.unit)}`
  return `back inside by ${numberText(distance, flag.unit)}${clears}`
}

/** How long it is still held before it fires. */
function Held({ since, holdSeconds }: { since: number; holdSeconds: number }): JSX.Element {
  const left = since + holdSeconds * 1000 - useServerNow()
  return <b className={classes.held}>{left > 0 ? `held, fires in ${ageText(left)}` : 'held, about to fire'}</b>
}
