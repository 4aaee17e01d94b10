import { z } from 'zod'
import { parseAddress } from './address.ts'

const Count = z.union([
  z.int().min(1),
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a number above 0')
    .transform(Number),
])

const Options = z.strictObject({
  url: z
    .string()
    .superRefine((text, context) => {
      const parsed = parseAddress(text)
      if (parsed.kind === 'problem') context.addIssue({ code: 'custom', message: parsed.message })
    })
    .meta({ examples: ['redis://127.0.0.1:6379/0'] })
    .describe('redis://, rediss:// (TLS) or unix://, with user, password and number of the database where needed.'),
  username: z.string().min(1).optional().describe('Instead of the user in the address: written as it is.'),
  password: z.string().min(1).optional().describe('Instead of the password in the address: written as it is.'),
  queues: z
    .enum(['auto', 'rq', 'celery', 'bullmq', 'keys', 'none'])
    .default('auto')
    .describe(
      'Which job queues live here; auto looks for them. keys: those of another system, by the keys in `names`.',
    ),
  names: z
    .array(z.string().min(1).max(200))
    .max(50)
    .default([])
    .describe(
      'Queues by name, beside those that are found; needs `queues` to say of which kind. With keys: whole keys.',
    ),
  prefix: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'What stands before the keys of the queues: the prefix of BullMQ (bull), the global_keyprefix of Celery.',
    ),
  pool: Count.optional().describe("The size of the application's own connection pool, as configured there."),
  caFile: z.string().min(1).optional().describe('A file with the authorities whose certificates are accepted (PEM).'),
  certFile: z
    .string()
    .min(1)
    .optional()
    .describe('A certificate of our own, where the server asks for one (PEM); with `keyFile`.'),
  keyFile: z.string().min(1).optional().describe('The file with the key of `certFile` (PEM).'),
  insecure: z.boolean().default(false).describe('true accepts a certificate that cannot be checked. Never silent.'),
})

export const RedisOptions = Options.superRefine(({ queues, names, prefix, certFile, keyFile }, context) => {
  if ((certFile === undefined) !== (keyFile === undefined))
    context.addIssue({
      code: 'custom',
      path: [certFile === undefined ? 'certFile' : 'keyFile'],
      message: 'is needed: certFile and keyFile belong together',
    })
  if (queues === 'keys' && names.length === 0)
    context.addIssue({
      code: 'custom',
      path: ['names'],
      message: 'is needed: the keys in which jobs wait, such as ["queue:default"]',
    })
  if (queues !== 'auto' && queues !== 'none') return
  const message = 'needs `queues` to say of which kind: rq, celery, bullmq or keys'
  if (names.length > 0) context.addIssue({ code: 'custom', path: ['names'], message })
  if (prefix !== undefined) context.addIssue({ code: 'custom', path: ['prefix'], message })
})
export type RedisOptions = z.infer<typeof RedisOptions>
