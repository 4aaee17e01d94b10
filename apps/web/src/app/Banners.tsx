import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { fetchStatus } from '../data/http-client.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useConnection, useLocalNow, useRetryNow, useTimeline, useTimelineStore } from '../data/use-timeline.ts'
import { ageText } from '../ui/format-age.ts'
import { clockText } from '../ui/format-time.ts'
import { Banner } from '../ui/Banner.tsx'
import { useZone } from '../ui/zone-context.ts'

const STATUS_MS = 10_000

/** What concerns the whole page: no connection, nothing recorded, a configuration that was not applied. */
export function Banners(): JSX.Element {
  const stored = useTimeline((timeline) => timeline.stored)
  const status = useQuery({
    queryKey: queryKeys.status(),
    queryFn: ({ signal }) => fetchStatus(signal),
    refetchInterval: STATUS_MS,
  })
  const problem = status.data?.config.error
  return (
    <div role="region" aria-label="Notices">
      <LostBanner />
      {!stored && (
        <Banner mark="critical">
          <b>Not recording.</b> The screens and flags go on, but nothing is kept.{' '}
          {status.data?.store.problem ?? 'See Set-up for the reason.'}
        </Banner>
      )}
      {problem !== undefined && (
        <Banner mark="warning">
          <b>The configuration was not applied.</b> {problem} The last good one stays in use.
        </Banner>
      )}
    </div>
  )
}

function LostBanner(): JSX.Element | null {
  const connection = useConnection()
  if (connection.kind !== 'lost' && connection.kind !== 'retrying') return null
  return (
    <LostWords
      retryAt={connection.kind === 'lost' ? connection.retryAt : undefined}
      since={connection.since}
      reason={connection.kind === 'lost' ? connection.reason : ''}
    />
  )
}

function LostWords({
  retryAt,
  since,
  reason,
}: {
  retryAt: number | undefined
  since: number
  reason: string
}): JSX.Element {
  const now = useLocalNow()
  const retryNow = useRetryNow()
  const timeline = useTimelineStore()
  const zone = useZone()
  const heard = timeline.heardAt
  const seconds = retryAt === undefined ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1000))
  return (
    <Banner
      mark="unknown"
      action={
        <Button size="compact-sm" onClick={retryNow} disabled={retryAt === undefined}>
          Retry now
        </Button>
      }
    >
      <b>No connection to the collector</b> for {ageText(now - since)}
      {reason !== '' && ` (${reason})`}.{' '}
      {heard === null
        ? 'Nothing has been heard from it yet.'
        : `Everything here is as of ${clockText(heard, zone, true)}.`}{' '}
      {retryAt === undefined || seconds === 0 ? 'Trying now.' : `Next try in ${seconds} s.`}
    </Banner>
  )
}
