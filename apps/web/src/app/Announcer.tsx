import { useEffect, useRef, useState } from 'react'
import type { JSX } from 'react'
import { isLost } from '../data/connection.ts'
import type { Connection } from '../data/connection.ts'
import { usePreferences } from '../data/preferences.ts'
import { useConnection, useServerStep, useTimeline } from '../data/use-timeline.ts'
import { transitionsOf, wordsOf } from './transitions.ts'
import type { Transitions, Words } from './transitions.ts'

/** What changes within it is one announcement. */
const GATHER_MS = 5_000
const SILENCE: Transitions = { urgent: '', calm: '' }

/**
 * Tells changes of state, gathered over a few seconds, never ticking numbers. Both regions are there from the start and
 * empty again a step later, so that nobody who reads on finds old news at the end of the page.
 */
export function Announcer(): JSX.Element {
  const { announce } = usePreferences()
  const systems = useTimeline((timeline) => timeline.systems)
  const greeted = useTimeline((timeline) => timeline.greeted)
  const connection = useConnection()
  const step = useServerStep(GATHER_MS)
  const [said, setSaid] = useState(SILENCE)
  const told = useRef<{ words: Words; connection: Connection } | null>(null)
  const latest = useRef({ systems, connection, greeted })
  useEffect(() => {
    latest.current = { systems, connection, greeted }
  })
  useEffect(() => {
    const now = latest.current
    // What lies over the page hides it from those who listen: it is told once they are back.
    if (!now.greeted || document.querySelector('dialog[open]') !== null) return
    const before = told.current
    told.current = { words: wordsOf(now.systems, before?.words), connection: now.connection }
    if (before === null) return
    const { urgent, calm } = transitionsOf(before.words, now.systems)
    setSaid({ urgent, calm: `${connectionText(before.connection, now.connection)}${calm}` })
  }, [step])
  return (
    <div className="visually-hidden">
      <div role="status">{announce ? said.calm : ''}</div>
      <div role="alert">{announce ? said.urgent : ''}</div>
    </div>
  )
}

function connectionText(before: Connection, now: Connection): string {
  if (now.kind === 'ended') return before.kind === 'ended' ? '' : 'Your access to the collector has ended. '
  if (isLost(now) === isLost(before)) return ''
  return isLost(now) ? 'No connection to the collector. ' : 'Connected again. '
}
