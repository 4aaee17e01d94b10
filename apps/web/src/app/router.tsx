import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { OverviewPage } from '../features/overview/OverviewPage.tsx'
import { OverviewSearch } from '../features/overview/overview-search.ts'
import { AddSearch } from '../features/watch/add-source/add-search.ts'
import { ViewSearch } from '../features/system/view-search.ts'
import { AddSource, SetupPage, SystemPage, WatchSomething } from './lazy-screens.ts'
import { NotFound } from './NotFound.tsx'
import { ScreenError } from './ScreenError.tsx'
import { Shell } from './Shell.tsx'

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: ScreenError })
const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: () => <OverviewPage whenEmpty={<WatchSomething embedded />} />,
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
const addSourceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup/add',
  component: AddSource,
  validateSearch: AddSearch,
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([overviewRoute, systemRoute, setupRoute, addSourceRoute, watchRoute]),
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultErrorComponent: ScreenError,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
