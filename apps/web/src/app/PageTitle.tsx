import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isLost } from '../data/connection.ts'
import { worstState } from '../data/system-words.ts'
import { useConnection, useTimeline } from '../data/use-timeline.ts'
import critical from './favicons/critical.svg'
import ok from './favicons/ok.svg'
import unknown from './favicons/unknown.svg'
import warning from './favicons/warning.svg'
import { pageTitle } from './page-title.ts'
import { SCREENS } from './screens.ts'

const ICONS = { ok, warning, critical, down: critical, unknown }

/** The worst state and the screen in the tab's title, the worst state in its icon: seen from another tab. */
export function PageTitle(): null {
  const systems = useTimeline((timeline) => timeline.systems)
  const demo = useTimeline((timeline) => timeline.demo)
  const lost = isLost(useConnection())
  const path = useRouterState({ select: (state) => state.location.pathname })
  const title = pageTitle({ systems, demo, lost, screen: screenName(path, systems) })
  const icon = lost ? unknown : ICONS[worstState(systems) ?? 'ok']
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    const link =
      document.querySelector<HTMLLinkElement>('link[rel="icon"]') ??
      document.head.appendChild(Object.assign(document.createElement('link'), { rel: 'icon', type: 'image/svg+xml' }))
    link.href = icon
  }, [icon])
  return null
}

function screenName(path: string, systems: readonly { id: string; name: string }[]): string | undefined {
  const system = /^\/systems\/([^/]+)/.exec(path)?.[1]
  if (system !== undefined) return systems.find((each) => each.id === decodeURIComponent(system))?.name ?? system
  if (path === '/watch') return 'Watch something'
  if (path === '/setup/add') return 'Add a source'
  return path === '/' ? undefined : SCREENS.find(({ to }) => to === path)?.name
}
