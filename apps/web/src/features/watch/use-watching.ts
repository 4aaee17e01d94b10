import { useEffect, useReducer, useRef } from 'react'
import type { NewSystem } from '@headroom/shared/model/trial.ts'
import { addSystem, tryOut } from '../../data/trial-client.ts'
import { useTimelineStore } from '../../data/use-timeline.ts'
import { waitsForAnswer } from './use-answer-focus.ts'
import { START, afterwards } from './watching.ts'
import type { Action, Went } from './watching.ts'

export type WatchingActions = {
  look: (url: string, place: string) => void
  write: (system: NewSystem) => void
  cancel: () => void
}

/** The way from an address to a watched system. One thing is asked at a time; a new one, or leaving, cancels it. */
export function useWatching(): Went & WatchingActions {
  const timeline = useTimelineStore()
  const [went, happen] = useReducer(afterwards, START)
  const asking = useRef<AbortController | null>(null)
  useEffect(() => () => asking.current?.abort(), [])

  const ask = async (question: (signal: AbortSignal) => Promise<Action>): Promise<void> => {
    waitsForAnswer()
    asking.current?.abort()
    const controller = new AbortController()
    asking.current = controller
    try {
      const answer = await question(controller.signal)
      if (!controller.signal.aborted) happen(answer)
    } catch (error) {
      if (controller.signal.aborted) return
      happen({ kind: 'failed', problem: error instanceof Error ? error.message : String(error) })
    }
  }
  return {
    ...went,
    look(url, place) {
      happen({ kind: 'try', place, now: timeline.serverNow() })
      void ask(async (signal) => ({ kind: 'answered', url, trial: await tryOut({ url }, signal) }))
    },
    write(system) {
      happen({ kind: 'write' })
      void ask(async (signal) => {
        const answer = await addSystem(system, signal)
        return { kind: 'written', id: system.id, answer, now: timeline.serverNow() }
      })
    },
    cancel() {
      asking.current?.abort()
      happen({ kind: 'again' })
    },
  }
}
