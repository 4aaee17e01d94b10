import type { ServerMessage } from '@headroom/shared/protocol.ts'

/**
 * Why messages come no more. `lost`: it was closed, or an answer was no use. `silent`: it is open but nothing comes.
 * `refused`: the collector lets this reader in no more.
 */
export type Ending = { kind: 'lost' | 'silent' | 'refused'; reason: string }

export type FeedHandlers = {
  /** `resumed`: a hello after which nothing is missing of what came before it. */
  message: (message: ServerMessage, resumed: boolean) => void
  /** Something is missing that will not come by itself. */
  hole: () => void
  ended: (ending: Ending) => void
}

/** One way for messages to come. It begins when it is made, ends once, and is not used again. */
export type Feed = {
  /** Makes sure that it still lives: without a word in `withinMs` it is taken for dead. */
  check: (withinMs: number) => void
  /** Ends it without a word. */
  stop: () => void
}
