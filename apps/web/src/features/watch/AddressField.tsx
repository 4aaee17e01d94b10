import { useEffect, useId, useState } from 'react'
import type { JSX, RefObject, SyntheticEvent } from 'react'
import { BusyButton } from '../../ui/BusyButton.tsx'
import { readAddress } from './read-address.ts'
import type { Address } from './read-address.ts'
import classes from './watch.module.css'

type Props = {
  ref: RefObject<HTMLInputElement | null>
  /** Whether one may type as soon as it is there. */
  takesFocus: boolean
  typed: string
  onTyped: (text: string) => void
  /** Nothing is being shown yet: looking is what the page is for. */
  first: boolean
  busy: boolean
  /** `place` is the address without secrets. */
  onLook: (url: string, place: string) => void
  /** Why the last look came to nothing, before any address was asked. */
  problem: string | undefined
  onCancel: () => void
}

/** The one field: it says what will be asked as soon as that can be told. */
export function AddressField({
  ref: field,
  takesFocus,
  typed,
  onTyped,
  first,
  busy,
  onLook,
  problem,
  onCancel,
}: Props): JSX.Element {
  const id = useId()
  /** What was sent last: another address is not wrong before it is sent. */
  const [sent, setSent] = useState<string>()
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus, field])
  const address = readAddress(typed)
  const complaint = sent === typed ? complaintOf(address) : undefined
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    setSent(typed)
    if (address.kind === 'address') onLook(address.sent, address.shown)
    else field.current?.focus()
  }
  return (
    <form className={classes.ask} onSubmit={submit} noValidate>
      <label htmlFor={id}>Address</label>
      <div className={classes.askRow}>
        <input
          id={id}
          ref={field}
          className={classes.input}
          data-takes-focus={takesFocus}
          value={typed}
          onChange={(event) => onTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && busy) onCancel()
          }}
          placeholder="localhost:3000/health"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          aria-invalid={complaint !== undefined}
          aria-describedby={`${id}-hint`}
        />
        <BusyButton type="submit" busy={busy} variant={first ? 'filled' : 'default'}>
          Look at it
        </BusyButton>
      </div>
      <div id={`${id}-hint`} className={classes.hint} aria-live="polite">
        {complaint === undefined ? <Hint address={address} /> : <p className={classes.problem}>{complaint}</p>}
      </div>
      {problem !== undefined && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  )
}

function Hint({ address }: { address: Address }): JSX.Element | null {
  if (address.kind !== 'address') return null
  return (
    <>
      <p>
        Headroom will ask <code>{address.shown}</code>
        {address.usualPages && ' and the usual health pages there'}.
      </p>
      {address.secrets.length > 0 && (
        <p>
          {address.secrets.length === 1 ? 'The value of ' : 'The values of '}
          {address.secrets.map((name, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <code>{name}</code>
            </span>
          ))}{' '}
          will not be written: the file will say <code>{'${NAME}'}</code>, and the collector reads it from its
          environment.
        </p>
      )}
    </>
  )
}

function complaintOf(address: Address): string | undefined {
  if (address.kind === 'wrong') return address.message
  return address.kind === 'empty'
    ? 'Give an address, such as localhost:3000 or https://app.example.com/health.'
    : undefined
}
