import { ActionIcon } from '@mantine/core'
import type { JSX } from 'react'
import { setPreferences, usePreferences } from '../data/preferences.ts'
import classes from './shell.module.css'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' } as const

/** Light, dark, or as the system has it. */
export function SchemeSwitch(): JSX.Element {
  const { scheme } = usePreferences()
  const words = `Colours: ${WORDS[scheme]}. Switch to ${WORDS[NEXT[scheme]]}`
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      className={`${classes.tool} ${classes.wideOnly}`}
      aria-label={words}
      title={words}
      onClick={() => setPreferences({ scheme: NEXT[scheme] })}
    >
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
      >
        {scheme === 'light' && (
          <>
            <circle cx="8" cy="8" r="3" />
            <path d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6 13 13M13 3l-1.4 1.4M4.4 11.6 3 13" />
          </>
        )}
        {scheme === 'dark' && <path d="M13.500 9.800A6 6 0 1 1 6.200 2.500a5 5 0 0 0 7.300 7.300z" />}
        {scheme === 'auto' && (
          <>
            <circle cx="8" cy="8" r="6" />
            <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
          </>
        )}
      </svg>
    </ActionIcon>
  )
}
