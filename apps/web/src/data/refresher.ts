import type { ServerMessage } from '@headroom/shared/protocol.ts'
import type { Clock } from './clock.ts'
import type { Refreshed, Timeline } from './timeline.ts'

export type AskState = (signal: AbortSignal) => Promise<Refreshed>

export type Refresher = {
  /** Asks for the state in a moment. Several reasons at once are one question. After a hole, history is doubted too. */
  soon: (hole: boolean) => void
  /** What came live: if it came while the question was under way, it counts after the answer. */
  saw: (message: ServerMessage) => void
  stop: () => void
}

const WAIT_MS = 300
/** Between two questions, whatever goes wrong how often. */
const PACE_MS = 5_000
/** More than that is no moment any more: the question is asked again. */
const MOST_MEANWHILE = 2_000

/** Brings the state of everything over HTTP, where the frames alone do not say it. */
export function createRefresher(clock: Clock, timeline: Timeline, askState: AskState): Refresher {
  let cancel: (() => void) | undefined
  let asking: AbortController | undefined
  let meanwhile: ServerMessage[] = []
  let wanted = { state: false, history: false }
  let askedAt = Number.NEGATIVE_INFINITY
  const ask = async (): Promise<void> => {
    cancel = undefined
    const mine = (asking = new AbortController())
    const { history } = wanted
    wanted = { state: false, history: false }
    meanwhile = []
    askedAt = clock.monotonic()
    try {
      const state = await askState(mine.signal)
      if (mine.signal.aborted) return
      if (meanwhile.length > MOST_MEANWHILE) want(history)
      else {
        timeline.refresh(state)
        for (const message of meanwhile) timeline.fold(message, true)
        if (history) timeline.doubt()
      }
    } catch {
      if (mine.signal.aborted) return
      want(history)
    }
    asking = undefined
    if (wanted.state) wait()
  }
  const want = (history: boolean): void => {
    wanted = { state: true, history: history || wanted.history }
  }
  const wait = (): void => {
    const ms = Math.max(WAIT_MS, askedAt + PACE_MS - clock.monotonic())
    cancel ??= clock.after(ms, () => void ask())
  }
  return {
    soon(hole) {
      want(hole)
      if (asking === undefined) wait()
    },
    saw(message) {
      if (asking !== undefined && isState(message) && meanwhile.length <= MOST_MEANWHILE) meanwhile.push(message)
    },
    stop() {
      cancel?.()
      cancel = undefined
      asking?.abort()
      asking = undefined
    },
  }
}

/** What says a state as a whole may be said twice; a gap or a hello is no state of a part. */
function isState(message: ServerMessage): boolean {
  return (
    message.kind === 'system' || message.kind === 'systems' || message.kind === 'alert' || message.kind === 'series'
  )
}
