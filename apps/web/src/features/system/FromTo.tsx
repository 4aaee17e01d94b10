import { Button } from '@mantine/core'
import { useId, useRef, useState } from 'react'
import type { JSX, SubmitEvent, ToggleEvent } from 'react'
import { flushSync } from 'react-dom'
import type { Zone } from '../../ui/format-time.ts'
import { fieldText, fieldTime } from '../../ui/time-field.ts'
import { useZone } from '../../ui/zone-context.ts'
import classes from './charts.module.css'

type Props = { from: number; to: number; onApply: (from: number, to: number) => void }

function typed(form: FormData, name: string, zone: Zone): number | undefined {
  const text = form.get(name)
  return typeof text === 'string' ? fieldTime(text, zone) : undefined
}

const GAP_PX = 6
const WIDTH_PX = 280

/** From one moment to another, typed in the zone that is shown. */
export function FromTo({ from, to, onApply }: Props): JSX.Element {
  const zone = useZone()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const popover = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState(false)
  const [problem, setProblem] = useState('')
  const apply = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const start = typed(form, 'from', zone)
    const end = typed(form, 'to', zone)
    if (start === undefined || end === undefined) setProblem('Both moments are needed.')
    else if (end <= start) setProblem('The end must be after the start.')
    else {
      popover.current?.hidePopover()
      onApply(start, end)
    }
  }
  const beforeToggle = ({ newState }: ToggleEvent<HTMLDivElement>): void => {
    if (newState !== 'open') return
    // At once: whoever opens it finds the time that is shown now.
    flushSync(() => {
      setOpened(true)
      setProblem('')
    })
    if (button.current !== null && popover.current !== null) placeBelow(popover.current, button.current)
  }
  const toggled = ({ newState }: ToggleEvent<HTMLDivElement>): void => {
    if (newState === 'open') popover.current?.querySelector('input')?.focus()
    // Only now, when the browser has given the focus back to the button.
    else setOpened(false)
  }
  return (
    <>
      <Button ref={button} size="compact-sm" variant="default" popoverTarget={id}>
        From … to
      </Button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        className={classes.popover}
        onBeforeToggle={beforeToggle}
        onToggle={toggled}
      >
        {opened && (
          <form className={classes.fromTo} onSubmit={apply} aria-label="From one moment to another">
            <label>
              From <input type="datetime-local" step="1" name="from" defaultValue={fieldText(from, zone)} required />
            </label>
            <label>
              To <input type="datetime-local" step="1" name="to" defaultValue={fieldText(to, zone)} required />
            </label>
            {problem !== '' && <p role="alert">{problem}</p>}
            <Button size="compact-sm" type="submit">
              Show
            </Button>
          </form>
        )}
      </div>
    </>
  )
}

/** On the page, so that it scrolls with what it belongs to, and within the window. */
function placeBelow(popover: HTMLElement, button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect()
  const most = document.documentElement.clientWidth - WIDTH_PX - GAP_PX
  popover.style.width = `${WIDTH_PX}px`
  popover.style.top = `${bottom + window.scrollY + GAP_PX}px`
  popover.style.left = `${Math.max(GAP_PX, Math.min(left, most))}px`
}
