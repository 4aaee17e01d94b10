import { Button, Popover } from '@mantine/core'
import { useState } from 'react'
import type { JSX, SubmitEvent } from 'react'
import type { Zone } from '../../ui/format-time.ts'
import { fieldText, fieldTime } from '../../ui/time-field.ts'
import { useZone } from '../../ui/zone-context.ts'
import classes from './charts.module.css'

type Props = { from: number; to: number; onApply: (from: number, to: number) => void }

function typed(form: FormData, name: string, zone: Zone): number | undefined {
  const text = form.get(name)
  return typeof text === 'string' ? fieldTime(text, zone) : undefined
}

/** From one moment to another, typed in the zone that is shown. */
export function FromTo({ from, to, onApply }: Props): JSX.Element {
  const zone = useZone()
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
      setProblem('')
      setOpened(false)
      onApply(start, end)
    }
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="default" onClick={() => setOpened(!opened)}>
          From … to
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
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
      </Popover.Dropdown>
    </Popover>
  )
}
