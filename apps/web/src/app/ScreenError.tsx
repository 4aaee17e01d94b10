import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import type { JSX } from 'react'

/** A screen that broke: said plainly, the rest of the page stays. */
export function ScreenError({ error, reset }: ErrorComponentProps): JSX.Element {
  return (
    <div style={{ padding: '20px var(--gutter)', display: 'grid', gap: 12, justifyItems: 'start' }}>
      <h1>This screen broke</h1>
      <p>{error instanceof Error ? error.message : String(error)}</p>
      <Button variant="default" onClick={reset}>
        Try again
      </Button>
    </div>
  )
}
