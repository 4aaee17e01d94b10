/**
 * The only place that touches the machine's time and chance. Everything else is given a Clock, so that tests
 * and replay need not wait.
 */
export type Clock = {
  /** Wall time, epoch ms. May jump in both directions. */
  now(): number
  /** Milliseconds that only ever rise; for measuring how long something took and how late something started. */
  monotonic(): number
  /** Calls `fn` once after `ms`; the returned function cancels it. */
  after(ms: number, fn: () => void): () => void
  /** A number in [0, 1). */
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}

/** Resolves after `ms`, or rejects as soon as the signal aborts. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopped = (): void => {
      cancel()
      reject(new DOMException('no longer waiting', 'AbortError'))
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stopped)
      resolve()
    })
    if (signal.aborted) stopped()
    else signal.addEventListener('abort', stopped, { once: true })
  })
}
