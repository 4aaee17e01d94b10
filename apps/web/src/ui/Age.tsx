import type { JSX } from 'react'
import { ageText } from './format-age.ts'
import { clockText } from './format-time.ts'
import { useZone } from './zone-context.ts'

/** How long ago, with the moment itself on hover (and in UTC, to compare with logs). */
export function Age({ at, now, fine = false }: { at: number; now: number; fine?: boolean }): JSX.Element {
  const zone = useZone()
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={`${clockText(at, zone, true)} · ${clockText(at, 'utc', true)} UTC`}
    >
      {ageText(now - at, fine)}
    </time>
  )
}
