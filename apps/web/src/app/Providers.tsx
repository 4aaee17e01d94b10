import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { JSX, ReactNode } from 'react'
import { browserClock } from '../data/clock.ts'
import { HttpProblem } from '../data/http-client.ts'
import { createLive } from '../data/live.ts'
import { usePreferences } from '../data/preferences.ts'
import { WorldContext, createTicker } from '../data/use-timeline.ts'
import { ZoneContext } from '../ui/zone-context.ts'
import { theme } from './theme.ts'

/** What every screen stands on: the look, the live world, cached answers, the reader's zone. */
export function Providers({ children }: { children: ReactNode }): JSX.Element {
  const [world] = useState(() => ({
    live: createLive(browserClock),
    clock: browserClock,
    ticker: createTicker(browserClock),
  }))
  const [queries] = useState(createQueries)
  const { zone } = usePreferences()
  useEffect(() => world.live.start(), [world])
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <WorldContext value={world}>
        <QueryClientProvider client={queries}>
          <ZoneContext value={zone}>{children}</ZoneContext>
        </QueryClientProvider>
      </WorldContext>
    </MantineProvider>
  )
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 2 && error instanceof HttpProblem && error.retryable,
        refetchOnWindowFocus: false,
      },
    },
  })
}
