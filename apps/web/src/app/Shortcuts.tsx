import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { browserClock } from '../data/clock.ts'
import { listenForShortcuts, useShortcut } from '../data/shortcuts.ts'
import { openOverlay, toggleOverlay } from './overlay-store.ts'
import { printPage } from './print-page.ts'

/** The keys that work on every screen. Letters can be switched off in the settings. */
export function Shortcuts(): null {
  const navigate = useNavigate()
  useEffect(() => listenForShortcuts(document, browserClock), [])
  useShortcut('palette', () => toggleOverlay('palette'))
  useShortcut('help', () => openOverlay('help'))
  useShortcut('settings', () => openOverlay('settings'))
  useShortcut('print', () => printPage(browserClock))
  useShortcut('overview', () => void navigate({ to: '/' }))
  useShortcut('setup', () => void navigate({ to: '/setup' }))
  return null
}
