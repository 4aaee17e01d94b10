import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

const WHAT_TO_DO = 'is not asked from the screen: if it is meant, write the source into headroom.yaml by hand'

/** Where a machine finds its neighbours without any network, and where clouds keep a machine's own credentials. */
const LINK_LOCAL = new BlockList()
const METADATA = new BlockList()
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4')
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6')
METADATA.addAddress('169.254.169.254', 'ipv4')
METADATA.addAddress('100.100.100.200', 'ipv4')
METADATA.addAddress('192.0.0.192', 'ipv4')
METADATA.addAddress('168.63.129.16', 'ipv4')
METADATA.addAddress('fd00:ec2::254', 'ipv6')
METADATA.addAddress('fd20:ce::254', 'ipv6')
/** 6to4 holds the address of IPv4 after its first two bytes. */
const SIX_TO_FOUR = new BlockList()
for (const [address, bits] of [
  ['2002:a9fe::', 32],
  ['2002:6464:64c8::', 48],
  ['2002:c000:c0::', 48],
  ['2002:a83f:8110::', 48],
] as const)
  SIX_TO_FOUR.addSubnet(address, bits, 'ipv6')
/** Ways of writing an IPv4 address as one of IPv6 that a gateway may turn back: its last 32 bits. */
const TRANSLATED = new BlockList()
TRANSLATED.addSubnet('64:ff9b::', 96, 'ipv6')
TRANSLATED.addSubnet('::', 96, 'ipv6')
TRANSLATED.addSubnet('::ffff:0:0:0', 96, 'ipv6')

const NAMES = /^(metadata|instance-data)(\.|$)|\.metadata\.|^metadata\.google\.internal\.?$/i

/** Why an address may not be connected to from the screen, or null. Loopback and private networks may be. */
export function refuseAddress(address: string): string | null {
  const plain = address.replace(/%.*$/, '')
  const family = isIP(plain)
  if (family === 0) return null
  const type = family === 4 ? 'ipv4' : 'ipv6'
  // A BlockList of IPv4 judges ::ffff:a.b.c.d by itself.
  if (METADATA.check(plain, type) || (family === 6 && SIX_TO_FOUR.check(plain, type)))
    return `${address} is where a cloud keeps this machine's credentials, and ${WHAT_TO_DO}`
  if (LINK_LOCAL.check(plain, type)) return `${address} is a link-local address, and ${WHAT_TO_DO}`
  if (family === 6 && TRANSLATED.check(plain, 'ipv6')) return refuseAddress(lastFourBytes(plain))
  return null
}

/** The same for a name: by itself, and by what it stands for now. A name that cannot be looked up is for who asks to say. */
export async function refuseHost(host: string): Promise<string | null> {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) !== 0) return refuseAddress(bare)
  if (NAMES.test(bare)) return `${bare} is the name of a cloud's metadata service, which ${WHAT_TO_DO}`
  const found = await lookup(bare, { all: true }).catch(() => [])
  return found.map(({ address }) => refuseAddress(address)).find((reason) => reason !== null) ?? null
}

/** Every host that the options of a source name: in addresses, and where an option is called after one. */
export function hostsOf(value: unknown, key = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => hostsOf(entry, key))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, entry]) => hostsOf(entry, name))
  if (typeof value !== 'string') return []
  const fromUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? URL.parse(value)?.hostname : undefined
  if (fromUrl !== undefined && fromUrl !== '') return [fromUrl]
  return /^(host|hostname|server|address)$/i.test(key) && value !== '' ? [value.replace(/:\d+$/, '')] : []
}

/** `64:ff9b::a9fe:a9fe` ends in 169.254.169.254. */
function lastFourBytes(address: string): string {
  const written = /(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  if (written !== undefined) return written
  const [high = 0, low = 0] = address
    .split(':')
    .slice(-2)
    .map((part) => Number.parseInt(part === '' ? '0' : part, 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
