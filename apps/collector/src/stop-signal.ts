/** Resolves when the process is told to end: Ctrl-C, SIGTERM, or its terminal going away. A second Ctrl-C ends it at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve())
  })
}
