import { ActionIcon, UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { JSX, ReactNode } from 'react'
import { useTimeline } from '../data/use-timeline.ts'
import { keyLabel } from './key-label.ts'
import { LiveMark } from './LiveMark.tsx'
import { openOverlay } from './overlay-store.ts'
import { PlannedMark } from './PlannedMark.tsx'
import { SchemeSwitch } from './SchemeSwitch.tsx'
import { SCREENS } from './screens.ts'
import { ZoneSwitch } from './ZoneSwitch.tsx'
import classes from './shell.module.css'

/** Name, places, what day it is, how live all of it is, and the few switches. */
export function Head(): JSX.Element {
  const demo = useTimeline((timeline) => timeline.demo)
  return (
    <header className={classes.head}>
      <Link to="/" className={classes.brand}>
        Headroom
      </Link>
      <nav className={classes.nav} aria-label="Screens">
        {SCREENS.map(({ to, name }) => (
          <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
            {name}
          </Link>
        ))}
        {demo && (
          <span className={classes.demo} title="This machine, and a sample workshop with simulated students">
            Demo
          </span>
        )}
      </nav>
      <PlannedMark />
      <LiveMark />
      <div className={classes.tools}>
        <UnstyledButton className={classes.find} title="Find and do" onClick={() => openOverlay('palette')}>
          <Glyph>
            <circle cx="7" cy="7" r="4.5" />
            <path d="m10.500 10.500 3.500 3.500" />
          </Glyph>
          <span className={classes.findWord}>Find</span>
          <kbd className={classes.wideOnly}>{keyLabel('mod+k')}</kbd>
        </UnstyledButton>
        <ZoneSwitch />
        <SchemeSwitch />
        <Tool words="Settings" onClick={() => openOverlay('settings')}>
          <Glyph>
            <path d="M2 4.500h6M12 4.500h2M2 11.500h2M8 11.500h6" />
            <circle cx="10" cy="4.500" r="2" />
            <circle cx="6" cy="11.500" r="2" />
          </Glyph>
        </Tool>
        <Tool words="Help and keyboard" onClick={() => openOverlay('help')}>
          ?
        </Tool>
      </div>
    </header>
  )
}

function Tool({ words, onClick, children }: { words: string; onClick: () => void; children: ReactNode }): JSX.Element {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={words}
      title={words}
      onClick={onClick}
      className={classes.tool}
    >
      {children}
    </ActionIcon>
  )
}

function Glyph({ children }: { children: ReactNode }): JSX.Element {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
    >
      {children}
    </svg>
  )
}
