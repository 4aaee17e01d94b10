import type { Clock } from './clock.ts'
import { fetchOpenAlerts, fetchSeries, fetchSystems } from './http-client.ts'
import { LiveSocket } from './live-socket.ts'
import type { SocketHandlers, SocketLike } from './live-socket.ts'
import { Timeline } from './timeline.ts'

const REFRESH_WAIT_MS = 300
const REFRESH_RETRY_MS = 5_000

export type Live = { timeline: Timeline; retryNow: () => void; start: () => () => void }

/** The live world: a timeline fed by the socket, kept honest when the page sleeps, wakes, or misses frames. */
export function createLive(clock: Clock): Live {
  const timeline = new Timeline(clock)
  const refresher = createRefresher(clock, timeline)
  const socket = new LiveSocket({
    clock,
    open: openSocket,
    onMessage: (message) => {
      timeline.fold(message)
      if (message.kind === 'gap') refresher.soon()
    },
    onConnection: (connection) => timeline.setConnection(connection),
    onHole: () => refresher.soon(),
  })
  const onVisible = (): void => {
    if (!document.hidden) socket.wake()
  }
  const onOnline = (): void => socket.wake()
  return {
    timeline,
    retryNow: () => socket.retryNow(),
    start() {
      document.addEventListener('visibilitychange', onVisible)
      window.addEventListener('online', onOnline)
      socket.start()
      return () => {
        document.removeEventListener('visibilitychange', onVisible)
        window.removeEventListener('online', onOnline)
        refresher.stop()
        socket.stop()
      }
    },
  }
}

function openSocket(subprotocol: string, handlers: SocketHandlers): SocketLike {
  const url = new URL('/api/v1/live', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url, subprotocol)
  socket.addEventListener('open', () => handlers.opened())
  socket.addEventListener('message', (event) => handlers.message(event.data))
  socket.addEventListener('close', (event) => handlers.closed(event.reason))
  return { send: (text) => socket.send(text), close: () => socket.close() }
}

/** Several holes at once are one question. */
function createRefresher(clock: Clock, timeline: Timeline): { soon: () => void; stop: () => void } {
  let cancel: (() => void) | undefined
  let asking: AbortController | undefined
  const ask = async (): Promise<void> => {
    cancel = undefined
    asking = new AbortController()
    const { signal } = asking
    try {
      const [systems, series, alerts] = await Promise.all([
        fetchSystems(signal),
        fetchSeries(signal),
        fetchOpenAlerts(signal),
      ])
      timeline.refresh({ systems, series, alerts })
    } catch {
      if (!signal.aborted) wait(REFRESH_RETRY_MS)
    }
  }
  const wait = (ms: number): void => {
    cancel ??= clock.after(ms, () => void ask())
  }
  return {
    soon: () => wait(REFRESH_WAIT_MS),
    stop() {
      cancel?.()
      asking?.abort()
    },
  }
}
