import { useEffect, useRef, useState } from 'react'
import type { JSX } from 'react'
import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import { BusyButton } from '../../../ui/BusyButton.tsx'
import { CodeText } from '../../../ui/CodeText.tsx'
import { sentence } from '../../../ui/sentence.ts'
import { FeedingWords } from './FeedingWords.tsx'
import { foundGiving } from './found-giving.ts'
import { OptionFields } from './OptionFields.tsx'
import { PushedTo } from './PushedTo.tsx'
import { SourceOutcome } from './SourceOutcome.tsx'
import { TargetFields } from './TargetFields.tsx'
import { useSourceForm } from './use-source-form.ts'
import type { SourceFormState } from './use-source-form.ts'
import watch from '../watch.module.css'
import classes from './add.module.css'

/** One kind of source to be filled in and tried; below it what was found, and the lines. */
export function SourceForm({ kind, system }: { kind: SourceKindView; system: string | undefined }): JSX.Element {
  const state = useSourceForm(kind, system)
  const { adding, problem, target, names, onlyLines, wrong, send } = state
  const form = useRef<HTMLFormElement>(null)
  const found = foundGiving(adding)
  const busy = adding.step === 'trying' || adding.step === 'writing'
  // What is marked as wrong is where one goes on: when it is told, not while it is being mended.
  const [asks, setAsks] = useState(0)
  useEffect(() => {
    if (asks > 0 || problem !== undefined) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [asks, problem])
  const press = (asked: boolean): void => {
    if (!send(asked)) setAsks((before) => before + 1)
  }
  const callOff = (): void => {
    state.changed()
    // The button that was pressed is gone; this one goes on.
    form.current?.querySelector<HTMLElement>('[type="submit"]')?.focus()
  }
  if (adding.step === 'written') return <SourceOutcome kind={kind} state={state} onCancel={callOff} />
  return (
    <>
      <div className={classes.columnsOfPage}>
        <form
          ref={form}
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            press(!onlyLines)
          }}
          noValidate
          aria-label={kind.title}
        >
          <TargetFields systems={state.systems} target={target} problems={wrong.target} onChange={state.choose} />
          <KindFields kind={kind} state={state} />
          {wrong.general !== undefined && (
            <p className={watch.problem} role="alert">
              <CodeText text={sentence(wrong.general)} />
            </p>
          )}
          <div className={watch.submit}>
            <BusyButton type="submit" busy={busy}>
              {onlyLines ? 'Show the lines' : 'Try it'}
            </BusyButton>
            {!onlyLines && (
              <BusyButton variant="default" busy={busy} onClick={() => press(false)}>
                Show the lines without trying
              </BusyButton>
            )}
          </div>
        </form>
        <div className={classes.aside}>
          <PushedTo kind={kind} system={target.id} />
          <FeedingWords target={target} giving={found ?? kind} id={names.source} found={found !== undefined} />
        </div>
      </div>
      <SourceOutcome kind={kind} state={state} onCancel={callOff} />
    </>
  )
}

/** The options of the kind: those that are mostly given, then, folded, those that seldom are. */
function KindFields({ kind, state }: { kind: SourceKindView; state: SourceFormState }): JSX.Element {
  const { values, wrong, names, change } = state
  const [opened, setOpened] = useState(false)
  const given = { values, problems: wrong.fields, secretsOf: names.secrets, onChange: change }
  const usual = kind.options.filter(({ folded }) => !folded)
  const seldom = kind.options.filter(({ folded }) => folded)
  const open = opened || seldom.some(({ name }) => wrong.fields[name] !== undefined)
  return (
    <fieldset className={classes.group}>
      <legend>{kind.title}</legend>
      {usual.every(({ required }) => !required) && (
        <p className={watch.quiet}>Give what applies; the rest may stay empty.</p>
      )}
      <OptionFields options={usual} {...given} />
      <details className={watch.fold} open={open} onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>More options</summary>
        <div className={classes.more}>
          <OptionFields options={seldom} {...given} />
        </div>
      </details>
    </fieldset>
  )
}
