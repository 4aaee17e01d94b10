import { Button } from '@mantine/core'
import { Fragment, useState } from 'react'
import type { JSX, Ref } from 'react'
import { correctionLines } from '@headroom/shared/correction-lines.ts'
import type { Corrections } from '@headroom/shared/model/correction.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { changeWords, pendingChanges, withChanges } from './changes.ts'
import type { Change } from './changes.ts'
import type { Draft } from './drafts.ts'
import classes from './correction.module.css'

type Props = { system: string; source: string; inForce: Corrections; draft: Draft; ref: Ref<HTMLElement> }
type Style = 'lines' | 'braces'

/** The corrections that were gathered, as the lines that have to stand in headroom.yaml; then, that they are in force. */
export function CorrectionBlock({ system, source, inForce, draft, ref }: Props): JSX.Element | null {
  const [style, setStyle] = useState<Style>('lines')
  const pending = pendingChanges(inForce, draft.changes)
  if (draft.changes.length === 0) return <InForce inForce={inForce} />
  if (pending.length === 0)
    return (
      <div className={classes.block} data-corrections="in-force">
        <p role="status">The corrections are in force.</p>
        <Button size="compact-sm" variant="default" onClick={draft.clear}>
          Done
        </Button>
      </div>
    )
  const lines = correctionLines(withChanges(inForce, draft.changes), style)
  const count = pending.length === 1 ? '1 correction' : `${pending.length} corrections`
  return (
    <section
      ref={ref}
      tabIndex={-1}
      className={classes.block}
      aria-label={`Corrections of ${source}`}
      data-corrections="pending"
    >
      <div className={classes.blockHead}>
        <h4>Lines for headroom.yaml</h4>
        <span className={classes.hint} role="status">
          {count}
        </span>
        {lines !== '' && <CopyButton text={lines} what={`the lines for ${source}`} />}
      </div>
      <div className={classes.blockBody}>
        <p className={classes.hint}>
          <WhereWords system={system} source={source} inForce={inForce} style={style} gone={lines === ''} />
        </p>
        {lines !== '' && (
          <pre tabIndex={0} role="region" aria-label={`Lines for ${source}`}>
            {lines}
          </pre>
        )}
        <label className={classes.style}>
          <input
            type="checkbox"
            checked={style === 'braces'}
            onChange={(event) => setStyle(event.currentTarget.checked ? 'braces' : 'lines')}
          />
          The source stands in {'{ braces }'}
        </label>
        <Pending pending={pending} draft={draft} />
      </div>
    </section>
  )
}

/** What was wished, one by one, each to be taken back. */
function Pending({ pending, draft }: { pending: readonly Change[]; draft: Draft }): JSX.Element {
  return (
    <ul className={classes.changes}>
      {pending.map((change) => (
        <li key={change.path}>
          <code>{changeWords(change)}</code>
          <button
            type="button"
            onClick={() => draft.remove(change.path)}
            aria-label={`Take back: ${changeWords(change)}`}
          >
            Take back
          </button>
        </li>
      ))}
    </ul>
  )
}

type WhereProps = { system: string; source: string; inForce: Corrections; style: Style; gone: boolean }

/** Where the lines go, and what they take the place of. */
function WhereWords({ system, source, inForce, style, gone }: WhereProps): JSX.Element {
  const before = [
    ...(Object.keys(inForce.map).length > 0 ? ['map:'] : []),
    ...(inForce.ignore.length > 0 ? ['ignore:'] : []),
  ]
  const named = before.map((key, index) => (
    <Fragment key={key}>
      {index > 0 && ' and '}
      <code>{key}</code>
    </Fragment>
  ))
  const place = (
    <>
      the source <code>{source}</code> of the system <code>{system}</code>
    </>
  )
  if (gone)
    return (
      <>
        Take {named} out of {place}: nothing is left to correct.
      </>
    )
  return (
    <>
      Put {style === 'braces' ? 'this, after a comma, into the braces of' : 'these lines under the options of'} {place}
      {before.length > 0 && <>, in place of its {named}</>}. They apply as soon as the file is saved.
    </>
  )
}

/** What stands in the file already, folded away. */
function InForce({ inForce }: { inForce: Corrections }): JSX.Element | null {
  const lines = correctionLines(inForce, 'lines')
  if (lines === '') return null
  const count = Object.keys(inForce.map).length + inForce.ignore.length
  return (
    <details className={classes.inForce}>
      <summary>{count === 1 ? '1 correction in force' : `${count} corrections in force`}</summary>
      <pre tabIndex={0} role="region" aria-label="Corrections in force">
        {lines}
      </pre>
    </details>
  )
}
