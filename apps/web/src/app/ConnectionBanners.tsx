import { Button } from '@mantine/core'
import type { JSX } from 'react'
import type { Connection } from '../data/connection.ts'
import { useLocalNow, useRetryNow, useServerNow, useTimelineStore } from '../data/use-timeline.ts'
import { Banner } from '../ui/Banner.tsx'
import { BusyButton } from '../ui/BusyButton.tsx'
import { ageText } from '../ui/format-age.ts'
import { NBSP } from '../ui/no-break.ts'
import { momentText } from '../ui/format-time.ts'
import { useZone } from '../ui/zone-context.ts'

/** Nothing comes: since when, why, of when everything here is, and when it is tried next. */
export function LostBanner({
  connection,
}: {
  connection: Extract<Connection, { kind: 'lost' | 'retrying' }>
}): JSX.Element {
  const now = useLocalNow()
  const retryNow = useRetryNow()
  const retryAt = connection.kind === 'lost' ? connection.retryAt : undefined
  const reason = connection.kind === 'lost' ? connection.reason : ''
  const seconds = retryAt === undefined ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1000))
  return (
    <Banner
      mark="unknown"
      action={
        <BusyButton size="compact-sm" onClick={retryNow} busy={retryAt === undefined}>
          Retry now
        </BusyButton>
      }
    >
      <b>No connection to the collector</b> for {ageText(now - connection.since)}
      {because(reason)} <AsOf />{' '}
      {retryAt === undefined || seconds === 0 ? 'Trying now.' : `Next try in ${seconds}${NBSP}s.`}
    </Banner>
  )
}

/** A token that has expired or was revoked: nothing is broken, and nothing is asked again by itself. */
export function EndedBanner({ reason }: { reason: string }): JSX.Element {
  const retryNow = useRetryNow()
  return (
    <Banner
      mark="unknown"
      action={
        <Button size="compact-sm" variant="default" onClick={retryNow}>
          Try again
        </Button>
      }
    >
      <b>Your access has ended</b>
      {because(reason)} <AsOf /> Ask whoever runs this Headroom for a new token or link and open it; this page goes on
      by itself once you are let in again.
    </Banner>
  )
}

function AsOf(): JSX.Element {
  const { heardAt } = useTimelineStore()
  const zone = useZone()
  const now = useServerNow()
  if (heardAt === null) return <>Nothing has been heard from it yet.</>
  return <>Everything here is as of {momentText(heardAt, now, zone, true)}.</>
}

/** A reason as the end of a sentence: `: the token has expired.` */
function because(reason: string): string {
  if (reason === '') return '.'
  const end = /[.?!]$/.test(reason) ? '' : '.'
  return `: ${reason.slice(0, 1).toLowerCase()}${reason.slice(1)}${end}`
}
