import { parseDuration, SECOND } from '@headroom/shared/time.ts'
import { parseSize } from '@headroom/shared/size.ts'
import { z } from 'zod'

/** Settings that several parts of headroom.yaml share. Durations come out in ms, sizes in bytes. */

const DURATION = 'must be a duration such as 500ms, 5s, 2m, 1h or 30d'

export const Duration = z
  .string({ error: DURATION })
  .refine((text) => parseDuration(text) !== undefined, DURATION)
  .transform((text) => parseDuration(text) ?? 0)
  .meta({ description: 'A duration: 500ms, 5s, 2m, 1h, 30d.', examples: ['5s', '2m', '1h', '30d'] })

/** How often a source is asked: at least a second, or the watcher would be a load of its own. */
export const Every = Duration.refine((ms) => ms >= SECOND, 'must be at least 1s')

export const GIBIBYTE = 2 ** 30

const SIZE = 'must be a size such as 512MB or 2GiB'

export const Size = z
  .union([z.number(), z.string()], { error: SIZE })
  .refine((value) => toBytes(value) !== undefined, SIZE)
  .transform((value) => toBytes(value) ?? 0)
  .meta({
    description: 'A size in bytes, or as 512MB, 2GiB (binary units are powers of 1024).',
    examples: ['512MB', '2GiB'],
  })

function toBytes(value: number | string): number | undefined {
  const bytes = typeof value === 'number' ? value : (parseSize(value) ?? plainNumber(value))
  return bytes === undefined || !Number.isFinite(bytes) || bytes <= 0 ? undefined : bytes
}

/** A number, or one in quotes as `"${NAME}"` gives it. */
export function plainNumber(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined
}

const AMOUNT = 'must be a number above 0'

export const Amount = z
  .union([z.number(), z.string()], { error: AMOUNT })
  .refine((value) => toAmount(value) !== undefined, AMOUNT)
  .transform((value) => toAmount(value) ?? 0)
  .meta({ description: 'How many there are.', examples: [100] })

function toAmount(value: number | string): number | undefined {
  const number = typeof value === 'number' ? value : plainNumber(value)
  return number === undefined || !Number.isFinite(number) || number <= 0 ? undefined : number
}

/** The ids of systems, sources and events. */
export const Id = z.string().regex(/^[a-z0-9-]+$/, 'must be lower case letters, digits and dashes')

export const HttpUrl = z
  .string()
  .refine(
    (text) => ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? ''),
    'must be an address that begins with http:// or https://',
  )
