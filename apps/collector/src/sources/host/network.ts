import { readFile } from 'node:fs/promises'
import { networkStats } from 'systeminformation'

/** Bytes in and out of one interface since the machine started. */
export type Traffic = { name: string; inBytes: number; outBytes: number }
export type NetworkRate = { name: string; inPerSecond: number; outPerSecond: number }

const PROC_NET_DEV = '/proc/net/dev'
const MAX_INTERFACES = 8
/** Interfaces inside the machine say nothing of the way out of it. */
const INNER = /^(lo\d*|docker\d|br-|veth|cni|flannel|cali|virbr|dummy|ifb|tunl|sit|ip6tnl|gre)/

/** Bytes per second of each interface, from one call to the next. Linux is read from /proc: systeminformation would run a shell for it. */
export function createNetworkMeter(
  wanted: readonly string[] | undefined,
  read: () => Promise<Traffic[]> = readTraffic,
): (atMs: number) => Promise<NetworkRate[]> {
  let before = new Map<string, Traffic>()
  let beforeMs = 0
  return async (atMs) => {
    const all = await read()
    const chosen = all
      .filter(({ name }) => (wanted === undefined ? !INNER.test(name) : wanted.includes(name)))
      .slice(0, MAX_INTERFACES)
    const seconds = (atMs - beforeMs) / 1_000
    const rates = chosen.flatMap(({ name, inBytes, outBytes }) => {
      const last = before.get(name)
      if (last === undefined || seconds <= 0 || inBytes < last.inBytes || outBytes < last.outBytes) return []
      return [
        { name, inPerSecond: (inBytes - last.inBytes) / seconds, outPerSecond: (outBytes - last.outBytes) / seconds },
      ]
    })
    before = new Map(chosen.map((traffic) => [traffic.name, traffic]))
    beforeMs = atMs
    return rates
  }
}

async function readTraffic(): Promise<Traffic[]> {
  try {
    return parseNetDev(await readFile(PROC_NET_DEV, 'utf8'))
  } catch {
    const stats = await networkStats('*')
    return stats.map(({ iface, rx_bytes, tx_bytes }) => ({ name: iface, inBytes: rx_bytes, outBytes: tx_bytes }))
  }
}

/** `eth0: bytes packets errs drop fifo frame compressed multicast bytes ...`: the first and the ninth number. */
export function parseNetDev(text: string): Traffic[] {
  return text.split('\n').flatMap((line) => {
    const [name, numbers] = line.split(':')
    if (name === undefined || numbers === undefined) return []
    const fields = numbers.trim().split(/\s+/).map(Number)
    return [{ name: name.trim(), inBytes: fields[0] ?? 0, outBytes: fields[8] ?? 0 }]
  })
}
