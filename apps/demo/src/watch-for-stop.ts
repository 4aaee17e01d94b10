import { fstatSync } from 'node:fs'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** `stopped` resolves at the first reason to end; dispose it so that listening does not itself keep the process alive. */
export type StopWatch = { stopped: Promise<void>; [Symbol.dispose](): void }

/**
 * Watches for a signal, and for the end of the parent that started this process:
 * its IPC channel or the pipe it gave as stdin closes, however the parent died.
 */
export function watchForStop(): StopWatch {
  const { promise: stopped, resolve } = Promise.withResolvers<void>()
  const stop = (): void => resolve()
  const watchStdin = stdinIsFromParent()

  for (const signal of SIGNALS) process.on(signal, stop)
  if (process.connected) process.on('disconnect', stop)
  if (watchStdin) process.stdin.on('end', stop).on('close', stop).on('error', stop).resume()
  return {
    stopped,
    [Symbol.dispose]() {
      for (const signal of SIGNALS) process.off(signal, stop)
      process.off('disconnect', stop)
      if (watchStdin) process.stdin.destroy()
      if (process.connected) process.disconnect?.()
    },
  }
}

/** A terminal, a file or /dev/null tells nothing about a parent; only a pipe or a socket does. */
function stdinIsFromParent(): boolean {
  try {
    const stdin = fstatSync(0)
    return stdin.isFIFO() || stdin.isSocket()
  } catch {
    return false
  }
}
