import { statfs } from 'node:fs/promises'

/** Space left for this process on the volume of a folder, in bytes; null where the system does not tell. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
