import { z } from 'zod'

const Kind = z.enum(['gauge', 'counter', 'state'])
const Name = z.string().regex(/^[A-Za-z][\w.-]{0,199}$/, 'must be a metric name: letters, digits, dots and underscores')

/** What a path is: a metric's name alone, or with the unit the document gives it in. */
const Correction = z.union([
  Name.transform((metric) => ({ metric })),
  z.strictObject({
    metric: Name,
    unit: z.string().max(32).optional(),
    kind: Kind.optional(),
    /** The label that takes the key `*` stood for. */
    label: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,31}$/, 'must be lower case letters, digits and underscores')
      .optional(),
  }),
])

/** A value that may go into a header: what `${NAME}` read from a file often ends with a newline. */
const HeaderValue = z
  .string()
  .trim()
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be one line of plain characters')
const QueryValue = z.union([z.string(), z.number(), z.boolean()]).transform(String)

export const HttpJsonOptions = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://app.example.com/health' })
    .refine((url) => URL.canParse(url), 'must be an address such as https://app.example.com/health')
    .describe('The address that answers with JSON.'),
  map: z
    .record(z.string().min(1), Correction)
    .default({})
    .describe('What a path is, where that is not seen by itself; * stands for any key.'),
  ignore: z.array(z.string().min(1)).default([]).describe('Paths that are left out.'),
  expect: z
    .strictObject({ status: z.array(z.int().min(100).max(599)).min(1) })
    .optional()
    .describe('The answers that are fine; without it any 2xx.'),
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
})
export type HttpJsonOptions = z.infer<typeof HttpJsonOptions>
