type Polled<R> = AsyncDisposable & { poll(signal: AbortSignal): Promise<R> }

/** A source whose code is loaded when it is asked for the first time: who has none of its kind does not pay for it. */
export function openLater<R>(load: () => Promise<Polled<R>>): Polled<R> {
  let opened: Promise<Polled<R>> | undefined
  return {
    poll: async (signal) => (await (opened ??= load())).poll(signal),
    [Symbol.asyncDispose]: async () => (await opened)?.[Symbol.asyncDispose](),
  }
}
