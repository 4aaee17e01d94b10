import { MantineProvider } from '@mantine/core'
import type { MantineColorSchemeManager } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { JSX, ReactNode } from 'react'
import { followOtherTabs, usePreferences } from '../data/preferences.ts'
import { WorldContext } from '../data/use-timeline.ts'
import { ZoneContext } from '../ui/zone-context.ts'
import { createQueries, keepInStep } from './queries.ts'
import { theme } from './theme.ts'
import { world } from './world.ts'

/** The scheme is one of the preferences: the component library keeps nothing of its own. */
const NOTHING_KEPT: MantineColorSchemeManager = {
  get: (other) => other,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
}

/** What every screen stands on: the look, the live world, cached answers, the reader's zone. */
export function Providers({ children }: { children: ReactNode }): JSX.Element {
  const [queries] = useState(() => createQueries(world.live, world.clock))
  const { zone, scheme, density } = usePreferences()
  useEffect(() => keepInStep(queries, world.live), [queries])
  useEffect(() => {
    const here = new AbortController()
    followOtherTabs(window, here.signal)
    return () => here.abort()
  }, [])
  useEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={NOTHING_KEPT}
      defaultColorScheme="auto"
      {...(scheme === 'auto' ? {} : { forceColorScheme: scheme })}
    >
      <WorldContext value={world}>
        <QueryClientProvider client={queries}>
          <ZoneContext value={zone}>{children}</ZoneContext>
        </QueryClientProvider>
      </WorldContext>
    </MantineProvider>
  )
}
