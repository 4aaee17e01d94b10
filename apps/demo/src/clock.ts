/** The only source of time here, so that tests and a sped-up demo can replace it. */
export type Clock = {
  /** Milliseconds since the epoch; never goes backwards. */
  nowMs(): number
  /** Calls `run` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void
}

/** The machine's time, monotonic: a corrected system clock must not shorten a wait. */
export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** A clock on which `speed` milliseconds pass for every one of `base`. */
export function scaledClock(base: Clock, speed: number): Clock {
  if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError(`speed must be a number above 0, not ${speed}`)
  if (speed === 1) return base
  const startMs = base.nowMs()
  return {
    nowMs: () => startMs + (base.nowMs() - startMs) * speed,
    after: (delayMs, run) => base.after(delayMs / speed, run),
  }
}

/** Resolves after `delayMs` on this clock, or rejects with the signal's reason as soon as it is aborted. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    })
    const onAbort = (): void => {
      cancel()
      reject(abortReason(signal))
    }
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

/** Why the signal was aborted, always as an error. */
export function abortReason({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason })
}
