import { mem } from 'systeminformation'
import type { ContainerLimits } from './cgroup.ts'

export type Memory = { used: number; limit: number }

/**
 * Memory in bytes: the container's own where it has a limit below the machine's, else the machine's. Used is what cannot
 * be given back: caches do not count.
 */
export async function readMemory({ memory }: ContainerLimits): Promise<Memory> {
  const { total, available } = await mem()
  if (memory !== undefined && memory.limit < total) return memory
  return { used: total - available, limit: total }
}
