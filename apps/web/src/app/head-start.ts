import { SUBPROTOCOL, liveAddress } from '@headroom/shared/live-socket.ts'
import type { Asked, HeadStart, RawAnswer } from '../data/head-start.ts'
import { POINTS, RANGE_NAMES, spanOf, viewOf } from '../features/system/view.ts'
import type { ViewTime } from '../features/system/view.ts'

/*
 * A script of its own, small enough to run long before the page's own is read: it opens the live socket and asks what
 * the screen of this address will ask, so that the answers are there when the page comes up. Whatever is wrong with
 * them is found by the page, which reads them like any other; without this script it asks by itself.
 */

const socket = new WebSocket(liveAddress(window.location.href), SUBPROTOCOL)
const listening = new AbortController()
const start: HeadStart = {
  begunAt: performance.now(),
  socket,
  messages: [],
  letGo: () => {
    start.socket = undefined
    listening.abort()
  },
  flags: undefined,
  history: undefined,
}
globalThis.headStart = start

/** Of more series the page asks in several questions. */
const MOST_SERIES = 60

const system = addressedSystem()
socket.addEventListener(
  'message',
  ({ data }) => {
    start.messages.push(data)
    if (system !== undefined && start.messages.length === 1) askAbout(system, data)
  },
  { signal: listening.signal },
)

function ask(path: string, query: Record<string, string>): Asked {
  const asked: Asked = { here: undefined, coming: answer(`/api/v1/${path}?${new URLSearchParams(query)}`) }
  void asked.coming.then((come) => Object.assign(asked, { here: come }))
  return asked
}

async function answer(url: string): Promise<RawAnswer | undefined> {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' }, redirect: 'manual' })
    return { status: response.status, text: await response.text() }
  } catch {
    return undefined
  }
}

/**
 * Only once the greeting has come: it says which series there are and what time it is, and what was answered before it
 * could be older than it is.
 */
function askAbout(of: string, greeting: unknown): void {
  const hello = readGreeting(greeting)
  if (hello === undefined) return
  const series = hello.series.flatMap((each) => (each.system === of ? [each.id] : []))
  start.flags = Object.assign(ask('flags', { system: of }), { system: of, series: series.length })
  askHistory(series, hello.now)
}

/** Of the time that the address names. */
function askHistory(series: number[], now: number): void {
  const time = addressedTime()
  if (time === undefined || series.length === 0 || series.length > MOST_SERIES) return
  const view = viewOf(time)
  const to = view.kind === 'live' ? Math.ceil(now / 1000) * 1000 : view.to
  const query = { series, from: to - spanOf(view), to, points: POINTS }
  const asked = ask('range', {
    series: series.join(','),
    from: String(Math.round(query.from)),
    to: String(Math.round(query.to)),
    points: String(query.points),
  })
  start.history = Object.assign(asked, { query })
}

type Greeting = { kind: string; now: number; series: readonly { id: number; system: string }[] }

function readGreeting(text: unknown): Greeting | undefined {
  if (typeof text !== 'string') return undefined
  try {
    const message: unknown = JSON.parse(text)
    return isGreeting(message) ? message : undefined
  } catch {
    return undefined
  }
}

/** As far as that shows without the schemas of the page, which are too large to wait for here. */
function isGreeting(message: unknown): message is Greeting {
  return typeof message === 'object' && message !== null && 'series' in message && Array.isArray(message.series)
}

function addressedSystem(): string | undefined {
  const name = /^\/systems\/([^/]+)/.exec(window.location.pathname)?.[1]
  try {
    return name === undefined ? undefined : decodeURIComponent(name)
  } catch {
    return undefined
  }
}

/** Undefined where the address names an event, whose times are not known here. */
function addressedTime(): ViewTime | undefined {
  const search = new URLSearchParams(window.location.search)
  if (search.has('event')) return undefined
  const time = (name: string): number | undefined => {
    const value = Number(search.get(name))
    return Number.isSafeInteger(value) && value > 0 ? value : undefined
  }
  return {
    range: RANGE_NAMES.find((name) => name === search.get('range')),
    at: time('at'),
    from: time('from'),
    to: time('to'),
  }
}
