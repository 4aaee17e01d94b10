import { Link, createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import type { JSX } from 'react'
import { OverviewPage } from '../features/overview/OverviewPage.tsx'
import { SetupPage } from '../features/setup/SetupPage.tsx'
import { SystemPage } from '../features/system/SystemPage.tsx'
import { ViewSearch } from '../features/system/view-search.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ScreenError } from './ScreenError.tsx'
import { Shell } from './Shell.tsx'

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: ScreenError })
const overviewRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: OverviewPage })
const systemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/systems/$systemId',
  component: SystemPage,
  validateSearch: ViewSearch,
})
const setupRoute = createRoute({ getParentRoute: () => rootRoute, path: '/setup', component: SetupPage })

export const router = createRouter({
  routeTree: rootRoute.addChildren([overviewRoute, systemRoute, setupRoute]),
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
