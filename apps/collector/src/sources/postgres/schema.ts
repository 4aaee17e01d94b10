import { z } from 'zod'
import { parseAddress } from './address.ts'

export const PostgresOptions = z.strictObject({
  url: z
    .string()
    .superRefine((text, context) => {
      const parsed = parseAddress(text)
      if (parsed.kind === 'problem') context.addIssue({ code: 'custom', message: parsed.message })
    })
    .meta({ examples: ['postgres://headroom@db.example.com:5432/app'] })
    .describe('postgres://user:password@host:5432/database, with ?sslmode=verify-full where TLS is to be checked.'),
  username: z.string().min(1).optional().describe('Instead of the user in the address: written as it is.'),
  password: z.string().min(1).optional().describe('Instead of the password in the address: written as it is.'),
  pgbouncer: z
    .boolean()
    .default(false)
    .describe('true where the address is that of a PgBouncer, whose pools are to be watched.'),
  insecure: z
    .boolean()
    .default(false)
    .describe('true accepts a certificate that cannot be checked, whatever sslmode says. Never silent.'),
})
export type PostgresOptions = z.infer<typeof PostgresOptions>
