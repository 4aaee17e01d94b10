import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { usePreferences } from '../data/preferences.ts'
import { openHelp } from './help-store.ts'

/** The keys that work on every screen. Letters can be switched off in the help. */
export function Shortcuts(): null {
  const navigate = useNavigate()
  const { letters } = usePreferences()
  useHotkeys(
    letters
      ? [
          ['shift+?', openHelp, { usePhysicalKeys: false }],
          ['?', openHelp],
          ['o', () => void navigate({ to: '/' })],
          ['u', () => void navigate({ to: '/setup' })],
        ]
      : [],
  )
  return null
}
