import type { PollSource } from './types.ts'

/** A source whose code is loaded when it is asked for the first time: who has none of its kind does not pay for it. */
export function openLater(load: () => Promise<PollSource>): PollSource {
  let opened: Promise<PollSource> | undefined
  return {
    poll: async (signal) => (await (opened ??= load())).poll(signal),
    [Symbol.asyncDispose]: async () => (await opened)?.[Symbol.asyncDispose](),
  }
}
