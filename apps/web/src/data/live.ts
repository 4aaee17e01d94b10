import { liveAddress } from '@headroom/shared/live-socket.ts'
import type { ServerMessage } from '@headroom/shared/protocol.ts'
import type { Clock } from './clock.ts'
import { takeSocket } from './head-start.ts'
import { fetchFrames, fetchOpenAlerts, fetchSeries, fetchSystems } from './http-client.ts'
import { HttpProblem } from './http-problem.ts'
import { LiveLink } from './live-link.ts'
import type { AskFrames } from './live-poll.ts'
import type { OpenSocket } from './live-socket.ts'
import { createRefresher } from './refresher.ts'
import type { AskState } from './refresher.ts'
import { Timeline } from './timeline.ts'
import { browserWakes } from './wakes.ts'
import type { Wakes } from './wakes.ts'

export type Live = {
  timeline: Timeline
  retryNow: () => void
  /** Somewhere the collector said that this reader is let in no more. */
  refuse: (reason: string) => void
  start: () => () => void
}

/** The ways to the collector, and what says that the page was away; tests give their own. */
export type Ways = { openSocket: OpenSocket; askFrames: AskFrames; askState: AskState; wakes: Wakes }

/** After being away for longer, history is fetched anew, whatever can be resumed: nothing was fetched meanwhile. */
const LONG_AWAY_MS = 2 * 60_000

/** The live world: a timeline fed by the collector, kept honest when the page sleeps, wakes, or misses frames. */
export function createLive(clock: Clock, ways: Ways = browserWays(clock)): Live {
  const timeline = new Timeline(clock)
  const refresher = createRefresher(clock, timeline, async (signal) => {
    try {
      return await ways.askState(signal)
    } catch (error) {
      if (error instanceof HttpProblem && error.refused) link.refuse(error.message)
      throw error
    }
  })
  let away = false
  const link = new LiveLink({
    clock,
    openSocket: ways.openSocket,
    askFrames: ways.askFrames,
    onMessage(message, resumed) {
      timeline.fold(message, resumed)
      refresher.saw(message)
      if (needsState(message)) refresher.soon(false)
      if (!away) return
      away = false
      timeline.renew()
    },
    onConnection(connection) {
      timeline.setConnection(connection)
      if (connection.kind === 'ended') refresher.stop()
    },
    onHole: () => refresher.soon(true),
  })
  return {
    timeline,
    retryNow: () => link.retryNow(),
    refuse: (reason) => link.refuse(reason),
    start() {
      const asleep = ways.wakes((awayMs) => {
        away ||= awayMs > LONG_AWAY_MS
        link.wake()
      })
      link.start()
      return () => {
        asleep()
        refresher.stop()
        link.stop()
      }
    },
  }
}

/** What was missed can be more than a gap's samples; and new systems come without the series they had before. */
function needsState(message: ServerMessage): boolean {
  return message.kind === 'gap' || message.kind === 'systems'
}

function browserWays(clock: Clock): Ways {
  return {
    openSocket,
    askFrames: fetchFrames,
    askState: async (signal) => {
      const [systems, series, alerts] = await Promise.all([
        fetchSystems(signal),
        fetchSeries(signal),
        fetchOpenAlerts(signal),
      ])
      return { systems, series, alerts }
    },
    wakes: browserWakes(clock),
  }
}

/** Goes on with the socket that was opened before the page ran; what it said meanwhile comes first. */
const openSocket: OpenSocket = (subprotocol, handlers) => {
  const begun = takeSocket()
  const socket = begun?.socket ?? new WebSocket(liveAddress(window.location.href), subprotocol)
  socket.addEventListener('open', () => handlers.opened())
  socket.addEventListener('message', (event) => handlers.message(event.data))
  socket.addEventListener('close', (event) => handlers.closed(event.reason, event.code))
  if (begun !== undefined)
    queueMicrotask(() => {
      if (socket.readyState === WebSocket.OPEN) handlers.opened()
      for (const message of begun.messages) handlers.message(message)
    })
  return { send: (text) => socket.send(text), close: () => socket.close() }
}
