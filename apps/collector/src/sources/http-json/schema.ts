import { z } from 'zod'
import { httpUrl, REQUEST_OPTIONS } from '../http-client/request-options.ts'

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

export const HttpJsonOptions = z.strictObject({
  url: httpUrl('https://app.example.com/health').describe('The address that answers with JSON.'),
  map: z
    .record(z.string().min(1), Correction)
    .default({})
    .describe('What a path is, where that is not seen by itself; * stands for any key.'),
  ignore: z.array(z.string().min(1)).default([]).describe('Paths that are left out.'),
  expect: z
    .strictObject({ status: z.array(z.int().min(100).max(599)).min(1) })
    .optional()
    .describe('The answers that are fine; without it any 2xx.'),
  ...REQUEST_OPTIONS,
})
export type HttpJsonOptions = z.infer<typeof HttpJsonOptions>
