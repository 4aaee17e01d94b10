import { useEffect, useRef, useState } from 'react'
import type { JSX } from 'react'
import { isLost } from '../data/connection.ts'
import { usePreferences } from '../data/preferences.ts'
import { useConnection, useServerStep, useTimeline } from '../data/use-timeline.ts'
import { transitionText, wordsOf } from './transitions.ts'
import type { Words } from './transitions.ts'

const GATHER_MS = 5_000

/** Tells changes of state, gathered over a few seconds, never ticking numbers. The region is there from the start. */
export function Announcer(): JSX.Element {
  const { announce } = usePreferences()
  const systems = useTimeline((timeline) => timeline.systems)
  const greeted = useTimeline((timeline) => timeline.greeted)
  const lost = isLost(useConnection())
  const step = useServerStep(GATHER_MS)
  const [text, setText] = useState('')
  const told = useRef<{ words: Words; lost: boolean } | null>(null)
  const latest = useRef({ systems, lost, greeted })
  useEffect(() => {
    latest.current = { systems, lost, greeted }
  })
  useEffect(() => {
    const { systems: now, lost: gone, greeted: ready } = latest.current
    if (!ready) return
    const before = told.current
    told.current = { words: wordsOf(now), lost: gone }
    if (before === null) return
    const connection = gone === before.lost ? '' : gone ? 'No connection to the collector. ' : 'Connected again. '
    const next = `${connection}${transitionText(before.words, now)}`
    if (next !== '') setText(next)
  }, [step])
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {announce ? text : ''}
    </div>
  )
}
