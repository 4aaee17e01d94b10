import { useState } from 'react'
import type { SyntheticEvent, JSX } from 'react'
import type { NewSystem, Trial } from '@headroom/shared/model/trial.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { BusyButton } from '../../ui/BusyButton.tsx'
import { PresetField } from './PresetField.tsx'
import { problemsOf, renamed } from './system-fields.ts'
import type { SystemFields } from './system-fields.ts'
import { TextField } from './TextField.tsx'
import classes from './watch.module.css'

type Props = {
  suggestion: NonNullable<Trial['suggestion']>
  file: Trial['file']
  url: string
  busy: boolean
  problem: string | undefined
  onWrite: (system: NewSystem) => void
}

/** How the system will be called and judged, as suggested, to be changed; and the button that has it written. */
export function SystemForm({ suggestion, file, url, busy, problem, onWrite }: Props): JSX.Element {
  const [fields, setFields] = useState<SystemFields>({
    id: suggestion.id,
    name: suggestion.name,
    // A guess is said, not made: a preset that is not this system's brings limits that are not either.
    preset: '',
  })
  const [sent, setSent] = useState(false)
  const systems = useTimeline((timeline) => timeline.systems)
  const demo = useTimeline((timeline) => timeline.demo)
  // The systems of the demo go when there is something real to watch.
  const wrong = problemsOf(fields, demo ? [] : systems.map((system) => system.id))
  const shown = sent ? wrong : {}
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    setSent(true)
    if (Object.keys(wrong).length > 0) return
    const { id, name, preset } = fields
    onWrite({ url, id, name: name.trim(), ...(preset === '' ? {} : { preset }) })
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextField
        label="Name"
        hint="What the screens call it."
        value={fields.name}
        problem={shown.name}
        onChange={(name) => setFields(renamed(fields, name))}
      />
      <TextField
        label="Id"
        hint="Its name in addresses and files: a to z, digits and dashes."
        code
        value={fields.id}
        problem={shown.id}
        onChange={(id) => setFields({ ...fields, id: id.trim() })}
      />
      <PresetField
        value={fields.preset}
        suggested={suggestion.preset}
        why={suggestion.presetWhy}
        onChange={(preset) => setFields({ ...fields, preset })}
      />
      {problem !== undefined && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.submit}>
        <BusyButton type="submit" busy={busy}>
          {file.writable ? 'Watch it' : 'Show the lines to add'}
        </BusyButton>
        <p className={classes.quiet}>
          {file.writable ? (
            <>
              Writes <code>{file.path}</code>.
            </>
          ) : (
            <>
              <code>{file.path}</code> {file.exists ? 'is there already' : 'cannot be written by Headroom'}: you add the
              lines yourself.
            </>
          )}
        </p>
      </div>
    </form>
  )
}
