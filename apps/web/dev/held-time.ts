import type { Page } from 'playwright-core'

/** From here on a timer belongs to the story's time; shorter ones are a screen putting itself in order, as React does within 300 ms. */
const HELD_FROM_MS = 400

type HeldTime = {
  now: number
  /** When the next held timer is due; epoch ms. */
  nextDue: () => number | null
  /** Sets the time and runs what is due by then. */
  moveTo: (time: number) => void
  /**
   * Resolves once no short timer and no frame has been asked for during so many frames, every answer that came has been
   * read, everything that came into sight told, and no socket is being opened or closed.
   */
  untilAtRest: (quietFrames: number) => Promise<void>
  /** How many messages have come over the sockets that are open. */
  heard: () => number
}

declare global {
  interface Window {
    heldTime: HeldTime
  }
}

/**
 * Before anything of a page runs: its time stands still, and so do its longer timers (retries, polling, clocks), until
 * `moveTo`. What draws the page goes on: short timers, frames, promises. Playwright's own clock holds those too, which
 * charts that wait for their frame, and axe, do not survive.
 */
export async function holdTime(page: Page, now: number): Promise<void> {
  await page.addInitScript(install, { now, heldFromMs: HELD_FROM_MS })
}

/** This runs in the page, in place of its clock; it is sent there as text, so it is one function. */
function install({ now, heldFromMs }: { now: number; heldFromMs: number }): void {
  const native = {
    setTimeout: window.setTimeout.bind(window),
    clearTimeout: window.clearTimeout.bind(window),
    setInterval: window.setInterval.bind(window),
    clearInterval: window.clearInterval.bind(window),
    requestAnimationFrame: window.requestAnimationFrame.bind(window),
    cancelAnimationFrame: window.cancelAnimationFrame.bind(window),
    fetch: window.fetch.bind(window),
  }
  const held = new Map<number, { due: number; every: number | undefined; job: () => void }>()
  const short = new Set<number>()
  const frames = new Set<number>()
  const heard = new Map<WebSocket, number>()
  /** Answers whose bodies are still being read: that they have arrived is known outside before the page has them. */
  let reading = 0
  let lastId = 1_000_000_000
  let seed = 42

  const hold = (job: () => void, ms: number, every: number | undefined): number => {
    lastId += 1
    held.set(lastId, { due: time.now + ms, every, job })
    return lastId
  }
  const isBusy = (): boolean => {
    const changing = [...heard.keys()].some(
      ({ readyState }) => readyState === WebSocket.CONNECTING || readyState === WebSocket.CLOSING,
    )
    return short.size + frames.size + reading > 0 || changing
  }
  const quietFor = (quietFrames: number): Promise<void> =>
    new Promise((resolve) => {
      let quiet = 0
      const look = (): void => {
        quiet = isBusy() ? 0 : quiet + 1
        if (quiet >= quietFrames) resolve()
        else native.requestAnimationFrame(look)
      }
      look()
    })
  /**
   * What has come into sight is told in a turn of its own, and drawn in another: on a busy machine frames may pass before.
   * Who asks for both last has them last.
   */
  const allTold = (): Promise<void> =>
    new Promise((resolve) => {
      const observer = new IntersectionObserver(() => {
        observer.disconnect()
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => {
          port1.close()
          resolve()
        })
        port1.start()
        port2.postMessage(null)
      })
      observer.observe(document.documentElement)
    })
  const time: HeldTime = {
    now,
    async untilAtRest(quietFrames) {
      do {
        await quietFor(quietFrames)
        // Twice: what is drawn for what has come into sight may itself have something to do once it is drawn.
        await allTold()
        await allTold()
      } while (isBusy())
    },
    heard: () =>
      [...heard].reduce((sum, [socket, count]) => sum + (socket.readyState === WebSocket.OPEN ? count : 0), 0),
    nextDue: () => (held.size === 0 ? null : Math.min(...[...held.values()].map(({ due }) => due))),
    moveTo(to) {
      time.now = to
      for (const [id, timer] of [...held].toSorted(([, a], [, b]) => a.due - b.due)) {
        if (timer.due > to || !held.has(id)) continue
        if (timer.every === undefined) held.delete(id)
        else timer.due = to + timer.every
        timer.job()
      }
    },
  }
  const jobOf = (handler: TimerHandler, args: unknown[]): (() => void) => {
    if (typeof handler !== 'function') throw new Error('Code as text is not run.')
    return () => void handler(...args)
  }
  const setShort = (handler: TimerHandler, ms = 0, ...args: unknown[]): number => {
    const job = jobOf(handler, args)
    if (ms >= heldFromMs) return hold(job, ms, undefined)
    const id = native.setTimeout(() => {
      short.delete(id)
      job()
    }, ms)
    short.add(id)
    return id
  }
  const clear = (id: number | undefined): void => {
    if (id === undefined) return
    held.delete(id)
    short.delete(id)
    native.clearTimeout(id)
  }
  const setFrame = (job: FrameRequestCallback): number => {
    const id = native.requestAnimationFrame((at) => {
      frames.delete(id)
      job(at)
    })
    frames.add(id)
    return id
  }
  const readCounted = async (copy: Response): Promise<void> => {
    reading += 1
    try {
      await copy.arrayBuffer()
    } catch {
      // Called off, or cut short: there is nothing more to read.
    } finally {
      native.setTimeout(() => {
        reading -= 1
      }, 0)
    }
  }
  class HeldDate extends Date {
    constructor(...args: unknown[]) {
      // @ts-expect-error -- Date takes what it takes; only its absence means now
      super(...(args.length === 0 ? [time.now] : args))
    }
    static override now(): number {
      return time.now
    }
  }
  class CountingWebSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      heard.set(this, 0)
      this.addEventListener('message', () => heard.set(this, (heard.get(this) ?? 0) + 1))
    }
  }
  Object.assign(window, {
    heldTime: time,
    WebSocket: CountingWebSocket,
    Date: HeldDate,
    setTimeout: setShort,
    clearTimeout: clear,
    setInterval: (handler: TimerHandler, ms = 0, ...args: unknown[]): number => {
      const job = jobOf(handler, args)
      return ms >= heldFromMs ? hold(job, ms, ms) : native.setInterval(job, ms)
    },
    clearInterval: (id: number | undefined): void => {
      clear(id)
      native.clearInterval(id)
    },
    requestAnimationFrame: setFrame,
    fetch: async (...asked: Parameters<typeof fetch>): Promise<Response> => {
      const response = await native.fetch(...asked)
      void readCounted(response.clone())
      return response
    },
    cancelAnimationFrame: (id: number): void => {
      frames.delete(id)
      native.cancelAnimationFrame(id)
    },
  })
  performance.now = () => time.now - now
  Math.random = () => {
    // Mulberry32: the same chances in every run, and never the same twice.
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
