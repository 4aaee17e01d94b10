import { z } from 'zod'
import { decodePart, userInfoOf } from '../../lib/user-info.ts'

/** A value that may go into a header: what `${NAME}` read from a file often ends with a newline. */
const HeaderValue = z
  .string()
  .trim()
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be one line of plain characters')
const QueryValue = z.union([z.string(), z.number(), z.boolean()]).transform(String)

const ENCODE =
  'has no host that can be read; in its user and password write @ : / ? # % as %40 %3A %2F %3F %23 %25, or send them as a header'

/** An address that is asked over HTTP. */
export function httpUrl(example: string): z.ZodURL {
  const error = ({ input }: { input?: unknown }): string =>
    typeof input === 'string' && userInfoOf(input) !== undefined ? ENCODE : `must be an address such as ${example}`
  return z
    .url({ protocol: /^https?$/, error, abort: true })
    .refine((url) => URL.canParse(url), { error })
    .meta({ examples: [example] })
}

/** The options of every source that asks over HTTP, beside its address. */
export const REQUEST_OPTIONS = {
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be a header name'), HeaderValue)
    .default({})
    .describe('Sent with every question, never shown.'),
  bearer: HeaderValue.optional().describe('A token, sent as Authorization: Bearer.'),
  query: z
    .record(z.string(), QueryValue)
    .default({})
    .describe('Added to the address, and never shown: for tokens that go there.'),
  insecure: z.boolean().default(false).describe('Takes any certificate. Logged as a warning.'),
}

export type RequestOptions = {
  headers: Record<string, string>
  bearer?: string | undefined
  query: Record<string, string>
}

/** The address with its query, and user and password taken out into a header, where they are never shown. */
export function prepareRequest(
  address: string,
  { headers: given, bearer, query }: RequestOptions,
  accept: string,
): { url: URL; headers: Record<string, string> } {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const headers: Record<string, string> = { accept, 'user-agent': 'headroom' }
  for (const [name, value] of Object.entries(given)) headers[name.toLowerCase()] = value
  if (url.username !== '' || url.password !== '') {
    const pair = `${decodePart(url.username)}:${decodePart(url.password)}`
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`
    url.username = ''
    url.password = ''
  }
  if (bearer !== undefined) headers.authorization = `Bearer ${bearer}`
  return { url, headers }
}
