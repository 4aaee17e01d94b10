/** Memory of the pretended instance, in MB. */
export type MemoryFigures = { usedMb: number; limitMb: number }

const LIMIT_MB = 2_048
const BASE_MB = 500
/** One real kilobyte stands for one megabyte: a demo should not need two gigabytes to show what they are like when full. */
const REAL_BYTES_PER_MB = 1_024

/**
 * SIMULATED: a 2 GB instance that takes 500 MB before anybody comes.
 * What the sessions and uploads hold is real, and scaled up. A real instance would be killed at the limit; this one stays there.
 */
export function simulatedMemory(realHeldBytes: number): MemoryFigures {
  return {
    usedMb: Math.min(LIMIT_MB, BASE_MB + realHeldBytes / REAL_BYTES_PER_MB),
    limitMb: LIMIT_MB,
  }
}
