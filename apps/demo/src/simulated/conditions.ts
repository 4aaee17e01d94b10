/** SIMULATED: what the world outside this process is like at the moment. */
export type Conditions = {
  /** How long the database takes to store one image. */
  storeMsPerImage: number
  /** How long the caption API takes for one image. */
  captionMs: number
  /** The share (0-1) of calls that the caption API refuses with 429. */
  refusedShare: number
}

/** An ordinary day. */
export const ordinaryConditions: Conditions = {
  storeMsPerImage: 1_000,
  captionMs: 2_700,
  refusedShare: 0,
}
