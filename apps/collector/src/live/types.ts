import type { LiveFrame, ServerMessage } from '@headroom/shared/protocol.ts'

/** What the live hub needs to greet a client: the state of everything, now. */
export type Snapshot = Omit<Extract<ServerMessage, { kind: 'hello' }>, 'kind' | 'protocol' | 'stream' | 'role'>

/** Where the pipeline sends frames. `stored` is false while nothing can be recorded. */
export type LiveBus = {
  publish(frames: readonly LiveFrame[], stored: boolean): void
}
