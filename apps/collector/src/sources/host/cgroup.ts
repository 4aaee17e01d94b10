import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'

/** Where the kernel keeps a container's limits; another place in tests. */
export type CgroupPlaces = { root: string; membership: string }
export const CGROUP_PLACES: CgroupPlaces = { root: '/sys/fs/cgroup', membership: '/proc/self/cgroup' }

/** What this container may use, and uses. Memory in bytes; `cores` is the CPU quota in whole CPUs, `cpuSeconds` what was used of it in all. */
export type ContainerLimits = {
  memory?: { limit: number; used: number }
  cpu?: { cores: number; cpuSeconds: number }
}

type Reader = {
  memory(folder: string): Promise<{ limit: number; used: number } | undefined>
  cpu(folder: string): Promise<{ cores: number; cpuSeconds: number } | undefined>
}

/** No limit at all is written as a number close to 2^63 in cgroup v1. */
const UNLIMITED = 2 ** 60

/** Reads the limits of the group this process is in, or of the closest one above it; a group without a limit gives none. */
export async function readContainerLimits({ root, membership }: CgroupPlaces): Promise<ContainerLimits> {
  const groups = (await text(membership)).split('\n').map((line) => line.split(':'))
  const unified = groups.find(([, controllers]) => controllers === '')?.[2]
  const pathOf = (controller: string): string =>
    groups.find(([, controllers]) => controllers?.split(',').includes(controller))?.[2] ?? '/'
  const isV2 = unified !== undefined && (await text(posix.join(root, 'cgroup.controllers'))) !== ''
  const reader = isV2 ? V2 : V1
  const folders = (controller: string): string[] =>
    upwards(isV2 ? unified : pathOf(controller)).map((path) => posix.join(root, isV2 ? '' : controller, path))
  const memory = await tightest(folders('memory'), reader.memory, ({ limit }) => limit)
  const cpu = await tightest(folders('cpu'), reader.cpu, ({ cores }) => cores)
  return { ...(memory === undefined ? {} : { memory }), ...(cpu === undefined ? {} : { cpu }) }
}

const V2: Reader = {
  async memory(folder) {
    const limit = number(await text(posix.join(folder, 'memory.max')))
    const current = number(await text(posix.join(folder, 'memory.current')))
    if (limit === undefined || current === undefined) return undefined
    return {
      limit,
      used: Math.max(0, current - (field(await text(posix.join(folder, 'memory.stat')), 'inactive_file') ?? 0)),
    }
  },
  async cpu(folder) {
    const [quota, period] = (await text(posix.join(folder, 'cpu.max'))).split(/\s+/).map(number)
    const used = field(await text(posix.join(folder, 'cpu.stat')), 'usage_usec')
    return quota === undefined || period === undefined || used === undefined
      ? undefined
      : { cores: quota / period, cpuSeconds: used / 1e6 }
  },
}

const V1: Reader = {
  async memory(folder) {
    const limit = number(await text(posix.join(folder, 'memory.limit_in_bytes')))
    const current = number(await text(posix.join(folder, 'memory.usage_in_bytes')))
    if (limit === undefined || limit >= UNLIMITED || current === undefined) return undefined
    return {
      limit,
      used: Math.max(0, current - (field(await text(posix.join(folder, 'memory.stat')), 'total_inactive_file') ?? 0)),
    }
  },
  async cpu(folder) {
    const quota = number(await text(posix.join(folder, 'cpu.cfs_quota_us')))
    const period = number(await text(posix.join(folder, 'cpu.cfs_period_us')))
    const used = number(await text(posix.join(folder.replace(/\/cpu(?=\/|$)/, '/cpuacct'), 'cpuacct.usage')))
    return quota === undefined || quota <= 0 || period === undefined || used === undefined
      ? undefined
      : { cores: quota / period, cpuSeconds: used / 1e9 }
  },
}

/** Of the group and those above it, the one whose limit is least: that is the one that bites. */
async function tightest<T>(
  folders: readonly string[],
  read: (folder: string) => Promise<T | undefined>,
  limit: (found: T) => number,
): Promise<T | undefined> {
  const found = (await Promise.all(folders.map(read))).filter((each) => each !== undefined)
  return found.toSorted((a, b) => limit(a) - limit(b))[0]
}

/** `/a/b` is `/a/b`, `/a` and `/`. In a container the first ones are often not visible; then the root is the container's own. */
function upwards(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..')
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`).concat('/')
}

async function text(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch {
    return ''
  }
}

function number(digits: string | undefined): number | undefined {
  return digits !== undefined && /^-?\d+$/.test(digits.trim()) ? Number(digits) : undefined
}

function field(lines: string, name: string): number | undefined {
  return number(new RegExp(`^${name} (\\d+)$`, 'm').exec(lines)?.[1])
}
