import { useEffect } from 'react'
import { isLost } from '../data/connection.ts'
import { worstState } from '../data/system-words.ts'
import { useConnection, useTimeline } from '../data/use-timeline.ts'
import critical from './favicons/critical.svg'
import ok from './favicons/ok.svg'
import unknown from './favicons/unknown.svg'
import warning from './favicons/warning.svg'

const ICONS = { ok, warning, critical, down: critical, unknown }

/** The worst state in the tab's title and icon, so that it is seen from another tab. */
export function PageTitle(): null {
  const systems = useTimeline((timeline) => timeline.systems)
  const demo = useTimeline((timeline) => timeline.demo)
  const lost = isLost(useConnection())
  const worst = worstState(systems)
  const word = lost ? 'not connected' : worst
  const icon = lost ? unknown : ICONS[worst ?? 'ok']
  useEffect(() => {
    const name = demo ? 'Headroom (demo)' : 'Headroom'
    document.title = word === undefined || word === 'ok' ? name : `${word} · ${name}`
  }, [word, demo])
  useEffect(() => {
    const link =
      document.querySelector<HTMLLinkElement>('link[rel="icon"]') ??
      document.head.appendChild(Object.assign(document.createElement('link'), { rel: 'icon', type: 'image/svg+xml' }))
    link.href = icon
  }, [icon])
  return null
}
