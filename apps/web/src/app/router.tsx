import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { OverviewPage } from '../features/overview/OverviewPage.tsx'
import { ViewSearch } from '../features/system/view-search.ts'
import { SetupPage, SystemPage } from './lazy-screens.ts'
import { NotFound } from './NotFound.tsx'
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
  defaultPreload: 'intent',
  defaultErrorComponent: ScreenError,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
