import { Link, createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import type { JSX } from 'react'
import { OverviewPage } from '../features/overview/OverviewPage.tsx'
import { OverviewSearch } from '../features/overview/overview-search.ts'
import { SetupPage } from '../features/setup/SetupPage.tsx'
import { SystemPage } from '../features/system/SystemPage.tsx'
import { ViewSearch } from '../features/system/view-search.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ScreenError } from './ScreenError.tsx'
import { Shell } from './Shell.tsx'

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: ScreenError })
const WatchSomething = lazyRouteComponent(() => import('../features/watch/WatchSomething.tsx'), 'WatchSomething')
const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: () => <OverviewPage whenEmpty={<WatchSomething />} />,
  validateSearch: OverviewSearch,
})
const watchRoute = createRoute({ getParentRoute: () => rootRoute, path: '/watch', component: WatchSomething })
const systemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/systems/$systemId',
  component: SystemPage,
  validateSearch: ViewSearch,
})
const setupRoute = createRoute({ getParentRoute: () => rootRoute, path: '/setup', component: SetupPage })

export const router = createRouter({
  routeTree: rootRoute.addChildren([overviewRoute, systemRoute, setupRoute, watchRoute]),
  scrollRestoration: true,
  defaultErrorComponent: ScreenError,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function NotFound(): JSX.Element {
  return (
    <div style={{ padding: '20px var(--gutter)' }}>
      <h1>There is no such page</h1>
      <EmptyState title="The address leads nowhere">
        <p>
          <Link to="/">To the overview</Link>
        </p>
      </EmptyState>
    </div>
  )
}
