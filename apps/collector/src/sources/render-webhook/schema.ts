import { z } from 'zod'

/** As the specification has it: `whsec_` and base64; some copy only what comes after. */
const SECRET = /^(whsec_)?[A-Za-z0-9+/_-]{16,}={0,2}$/

export const RenderWebhookOptions = z.strictObject({
  secret: z
    .string()
    .trim()
    .regex(SECRET, 'must be the signing secret of the webhook, such as whsec_...')
    .describe('The signing secret of the webhook, from its page on the Render Dashboard.'),
  service: z
    .union([
      z
        .string()
        .trim()
        .min(1)
        .transform((id) => [id]),
      z.array(z.string().trim().min(1)).min(1),
    ])
    .optional()
    .describe('The ids of the services that belong to this system; without it all that the webhook tells of.'),
})
export type RenderWebhookOptions = z.infer<typeof RenderWebhookOptions>
