import { lazy } from 'react'
import type * as Charts from './ChartsSide.tsx'

type Module = typeof Charts

const load = (): Promise<Module> => import('./ChartsSide.tsx')

/** The charts come with the first system that is opened, or as soon as the page has nothing else to do. */
export const ChartsSide = lazy(async () => ({ default: (await load()).ChartsSide }))

// Not every browser tells when it is idle; there they come when they are asked for.
if (window.location.pathname.startsWith('/systems/')) void load()
else if ('requestIdleCallback' in window) window.requestIdleCallback(() => void load())
