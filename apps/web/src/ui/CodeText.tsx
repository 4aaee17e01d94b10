import { Fragment } from 'react'
import type { JSX } from 'react'

/** A sentence in which what stands between backticks is set as code. */
export function CodeText({ text }: { text: string }): JSX.Element {
  const parts = text.split('`')
  // An odd number of backticks is no code: the text is shown as it is.
  if (parts.length % 2 === 0) return <>{text}</>
  return (
    <>
      {parts.map((part, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- the parts of one text have no other name
        index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
      )}
    </>
  )
}
