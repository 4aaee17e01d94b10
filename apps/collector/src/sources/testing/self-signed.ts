import { generateKeyPairSync, sign } from 'node:crypto'

const SEQUENCE = 0x30
const SET = 0x31
const INTEGER = 0x02
const BIT_STRING = 0x03
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const OCTET_STRING = 0x04
const EXPLICIT_0 = 0xa0
const EXPLICIT_3 = 0xa3
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

/**
 * A certificate signed by itself, for tests of TLS: X.509 with an EC key, in PEM; `address` is an IPv4 address that it is
 * for, beside its name.
 */
export function selfSigned(
  name: string,
  days: { from: number; to: number } = { from: -1, to: 1 },
  address?: string,
): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaWithSha256 = der(SEQUENCE, Buffer.from('06082a8648ce3d040302', 'hex'))
  const commonName = der(SEQUENCE, Buffer.from('0603550403', 'hex'), der(UTF8_STRING, Buffer.from(name)))
  const subject = der(SEQUENCE, der(SET, commonName))
  const validity = der(SEQUENCE, utcTime(days.from), utcTime(days.to))
  const body = der(
    SEQUENCE,
    ...(address === undefined ? [] : [der(EXPLICIT_0, der(INTEGER, Buffer.from([2])))]),
    der(INTEGER, Buffer.from([1])),
    ecdsaWithSha256,
    subject,
    validity,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(address === undefined ? [] : [alternativeNames(name, address)]),
  )
  const signature = der(BIT_STRING, Buffer.from([0]), sign('sha256', body, privateKey))
  const cert = der(SEQUENCE, body, ecdsaWithSha256, signature)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: `-----BEGIN CERTIFICATE-----\n${cert}\n-----END CERTIFICATE-----\n`,
  }
}

function alternativeNames(name: string, address: string): Buffer {
  const names = der(
    SEQUENCE,
    der(DNS_NAME, Buffer.from(name)),
    der(IP_ADDRESS, Buffer.from(address.split('.').map(Number))),
  )
  const subjectAltName = Buffer.from('0603551d11', 'hex')
  return der(EXPLICIT_3, der(SEQUENCE, der(SEQUENCE, subjectAltName, der(OCTET_STRING, names))))
}

function utcTime(daysFromNow: number): Buffer {
  const digits = new Date(Date.now() + daysFromNow * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(2, 14)
  return der(UTC_TIME, Buffer.from(`${digits}Z`))
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const length =
    content.length < 128
      ? [content.length]
      : content.length < 256
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
