/** How the page stands with the collector. Times are the browser's own. */
export type Connection =
  | { kind: 'connecting' }
  /** `polling`: no WebSocket gets through, so frames are asked for over plain HTTP. */
  | { kind: 'live'; by: 'socket' | 'polling' }
  /** Nothing comes; the next try is at `retryAt`. */
  | { kind: 'lost'; since: number; retryAt: number; reason: string }
  | { kind: 'retrying'; since: number }
  /** The collector lets this reader in no more: it is not asked again until somebody does something. */
  | { kind: 'ended'; since: number; reason: string }

/** Whether what is on the screen is of some moment in the past. */
export function isLost(connection: Connection): boolean {
  return connection.kind === 'lost' || connection.kind === 'retrying' || connection.kind === 'ended'
}
