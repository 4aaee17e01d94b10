import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { JSX } from 'react'
import { isLost } from '../data/connection.ts'
import { fetchStatus } from '../data/http-client.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useConnection, useTimeline } from '../data/use-timeline.ts'
import { Banner } from '../ui/Banner.tsx'
import { EndedBanner, LostBanner } from './ConnectionBanners.tsx'
import { NewerBanner } from './NewerBanner.tsx'
import { sawPage } from './page-version.ts'

const STATUS_MS = 10_000
/** Whoever reads that something does not answer wants to know soon that it does again. */
const FAILING_MS = 4_000

/** What concerns the whole page: no connection, nothing recorded, a configuration that was not applied, a newer page. */
export function Banners(): JSX.Element {
  const stored = useTimeline((timeline) => timeline.stored)
  const connection = useConnection()
  const status = useQuery({
    queryKey: queryKeys.status(),
    queryFn: ({ signal }) => fetchStatus(signal),
    refetchInterval: (query) => (query.state.status === 'error' ? FAILING_MS : STATUS_MS),
  })
  const page = status.data?.page ?? null
  useEffect(() => sawPage(page), [page])
  const problem = status.data?.config.error
  const unasked = status.isError && !isLost(connection)
  return (
    <div role="region" aria-label="Notices">
      {connection.kind === 'ended' && <EndedBanner reason={connection.reason} />}
      {(connection.kind === 'lost' || connection.kind === 'retrying') && <LostBanner connection={connection} />}
      {unasked && (
        <Banner mark="unknown">
          <b>Only part of the collector answers.</b> {status.error.message} What is live goes on; history and set-up may
          be missing until it answers again.
        </Banner>
      )}
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
      <NewerBanner />
    </div>
  )
}
