import { readdir } from 'node:fs/promises'
import { processes } from 'systeminformation'

const ASK_AGAIN_MS = 60_000

/**
 * The processes that use most, as lines to read: name, CPU, memory. systeminformation runs `ps` for it, some 30 ms, so it
 * is asked once a minute; without `ps` there are no lines.
 */
export function createTopProcesses(most: number): (nowMs: number) => Promise<string[]> {
  let lines: string[] = []
  let askedAtMs = -Infinity
  return async (nowMs) => {
    if (most === 0 || nowMs - askedAtMs < ASK_AGAIN_MS) return lines
    askedAtMs = nowMs
    const { list } = await processes()
    lines = list
      .toSorted((a, b) => b.cpu - a.cpu || b.mem - a.mem)
      .slice(0, most)
      .map(({ name, cpu, mem }) => `${name.slice(0, 40)}  CPU ${cpu.toFixed(1)} %  memory ${mem.toFixed(1)} %`)
    return lines
  }
}

/** How many processes there are; undefined where the kernel does not list them in /proc. */
export async function countProcesses(): Promise<number | undefined> {
  try {
    return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).length
  } catch {
    return undefined
  }
}
