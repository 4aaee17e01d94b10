import type { JSX, ReactNode } from 'react'
import { fullTimeText } from './full-time.ts'
import { useZone } from './zone-context.ts'

/** A time said shortly or as an age; pointed at, the whole of it with its zone. */
export function Moment({ at, children }: { at: number; children: ReactNode }): JSX.Element {
  const zone = useZone()
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTimeText(at, zone)}>
      {children}
    </time>
  )
}
