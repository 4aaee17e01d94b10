/** How the page stands with the collector. Times are the browser's own. */
export type Connection =
  | { kind: 'connecting' }
  | { kind: 'live' }
  /** Nothing comes; the next try is at `retryAt`. */
  | { kind: 'lost'; since: number; retryAt: number; reason: string }
  | { kind: 'retrying'; since: number }

export function isLost(connection: Connection): boolean {
  return connection.kind === 'lost' || connection.kind === 'retrying'
}
