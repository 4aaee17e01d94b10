import { statfs } from 'node:fs/promises'
import { fsSize } from 'systeminformation'

export type DiskUse = { mount: string; usedPercent: number }

const LOOK_AGAIN_MS = 10 * 60_000
const MAX_DISKS = 8

/**
 * How full the disks are. Which there are is asked of systeminformation only every ten minutes, for that runs `df`; how
 * full they are, of the kernel. Where there is no `df`, as in small containers, it is the root.
 */
export function createDiskReader(wanted: readonly string[] | undefined): (nowMs: number) => Promise<DiskUse[]> {
  let mounts = wanted
  let lookedAtMs = -Infinity
  return async (nowMs) => {
    if (wanted === undefined && nowMs - lookedAtMs >= LOOK_AGAIN_MS) {
      lookedAtMs = nowMs
      mounts = await findMounts()
    }
    const uses = await Promise.all((mounts ?? []).map(readDisk))
    return uses.filter((use) => use !== undefined)
  }
}

async function findMounts(): Promise<string[]> {
  const devices = new Map<string, string>()
  for (const { fs, mount, size, rw } of await fsSize()) {
    if (size > 0 && rw !== false && !devices.has(fs)) devices.set(fs, mount)
  }
  const mounts = [...devices.values()].slice(0, MAX_DISKS)
  return mounts.length > 0 ? mounts : ['/']
}

async function readDisk(mount: string): Promise<DiskUse | undefined> {
  try {
    const { blocks, bfree, bavail } = await statfs(mount)
    const used = blocks - bfree
    // As `df` reckons it: of what ordinary programs may use.
    return used + bavail === 0 ? undefined : { mount, usedPercent: (100 * used) / (used + bavail) }
  } catch {
    return undefined
  }
}
