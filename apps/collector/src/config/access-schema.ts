import { z } from 'zod'
import { Duration, HttpUrl } from './fields.ts'

/** Who may do what, and how they sign in. */
export const Access = z.strictObject({
  anonymous: z
    .enum(['viewer', 'operator', 'admin', 'none'])
    .default('none')
    .describe('The role of somebody who has not signed in.'),
  publicUrl: HttpUrl.optional().describe('The address people use, where a proxy stands in front.'),
  trustProxy: z
    .union([z.int().min(0).max(10), z.boolean()])
    .default(0)
    .describe('How many proxies in front may be believed.'),
  session: Duration.prefault('12h').describe('How long a sign-in lasts.'),
  oidc: z
    .strictObject({ issuer: HttpUrl, clientId: z.string(), clientSecret: z.string() })
    .optional()
    .describe('Sign-in through an OpenID Connect provider.'),
})
export type Access = z.infer<typeof Access>
