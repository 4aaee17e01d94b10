import type { JSX, ReactNode } from 'react'
import { useOpened } from './opened.ts'

type Props = {
  /** Under which name it is remembered whether it is open. */
  name: string
  byDefault?: boolean
  summary: ReactNode
  className?: string | undefined
  /** Made only once it is open. */
  children: () => ReactNode
}

/** Something folded away behind its summary, which keeps being open or closed as somebody left it. */
export function Fold({ name, byDefault = false, summary, className, children }: Props): JSX.Element {
  const [opened, choose] = useOpened(name, byDefault)
  return (
    <details
      className={className}
      open={opened}
      onToggle={(event) => {
        // It also tells when the page itself opened it.
        if (event.currentTarget.open !== opened) choose(event.currentTarget.open)
      }}
    >
      <summary>{summary}</summary>
      {opened && children()}
    </details>
  )
}
