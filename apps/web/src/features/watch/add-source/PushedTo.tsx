import type { JSX } from 'react'
import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import { CodeText } from '../../../ui/CodeText.tsx'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import watch from '../watch.module.css'
import classes from './add.module.css'

/** For a kind that is pushed to: which address is to be given where it is pushed from, and what goes with it. */
export function PushedTo({ kind, system }: { kind: SourceKindView; system: string }): JSX.Element | null {
  const { paths, sender, pushed } = kind
  const [path] = paths
  if (!pushed || (path === undefined && sender === undefined)) return null
  const named = path?.replaceAll(':system', () => (system === '' ? 'SYSTEM' : system))
  const address = named === undefined ? undefined : `${location.origin}${named}`
  return (
    <section className={classes.feeds} aria-label="What to set on the other side">
      <h2>What to set on the other side</h2>
      {address !== undefined && (
        <>
          <p className={watch.quiet}>It is sent to, by POST, at:</p>
          <p className={classes.address}>
            <code>{address}</code>
            <CopyButton text={address} what="the address" />
          </p>
          <p className={watch.quiet}>
            That is where this page is. Who sends from elsewhere needs a name by which the collector is reached from
            there.
          </p>
        </>
      )}
      {sender !== undefined && (
        <p>
          <CodeText text={sender} />
        </p>
      )}
    </section>
  )
}
