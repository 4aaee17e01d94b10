/** The bounds of everything the live hub keeps or waits for. */
export type LiveLimits = {
  /** Clients in all; one more is closed with 1013. */
  maxSockets: number
  /** Clients from one address; loopback is not counted, for a proxy stands there. */
  maxPerAddress: number
  /** Bytes waiting for one client; beyond this it is sent nothing until it has drained. */
  maxBufferedBytes: number
  /** A client that has not drained after this long is cut off. */
  drainMs: number
  /** A stall shorter than this is continued frame by frame; a longer one becomes a gap and the newest state. */
  briefStallMs: number
  /** Frames kept for clients that come back, by number and by bytes. */
  maxRingFrames: number
  maxRingBytes: number
  heartbeatMs: number
  /** Client messages allowed in `floodWindowMs`. */
  maxMessages: number
  floodWindowMs: number
  /** How much of a broadcast is done before other work gets its turn. */
  sliceSockets: number
  sliceMs: number
  /** How long a client that was told to leave may take. */
  closeMs: number
  /** Requests over plain HTTP that may wait for frames at a time. */
  maxWaiting: number
  /** Bytes of frames in one answer over plain HTTP; one larger frame is an answer of its own. */
  maxPollBytes: number
  /** What is published within this long goes into one answer over plain HTTP. */
  gatherMs: number
}

export const LIVE_LIMITS: LiveLimits = {
  maxSockets: 5_000,
  maxPerAddress: 500,
  maxBufferedBytes: 1024 * 1024,
  drainMs: 30_000,
  briefStallMs: 1_000,
  maxRingFrames: 4_000,
  maxRingBytes: 8 * 1024 * 1024,
  heartbeatMs: 15_000,
  maxMessages: 50,
  floodWindowMs: 10_000,
  sliceSockets: 200,
  sliceMs: 8,
  closeMs: 2_000,
  maxWaiting: 500,
  maxPollBytes: 1024 * 1024,
  gatherMs: 200,
}
