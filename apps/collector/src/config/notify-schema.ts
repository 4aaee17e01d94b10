import { Severity } from '@headroom/shared/model/flag.ts'
import { z } from 'zod'
import { Duration, HttpUrl } from './fields.ts'

const common = {
  id: z.string().optional().describe('A name for this channel.'),
  severity: Severity.default('warning').describe('The least severity that is sent.'),
  systems: z.array(z.string()).optional().describe('Only these systems; without it, all.'),
  quiet: z
    .string()
    .regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/, 'must be hours such as 22:00-07:00')
    .optional()
    .describe('Hours in which only critical alerts are sent.'),
  repeat: Duration.optional().describe('Send again while it still fires, this often.'),
  escalateAfter: Duration.optional().describe('Send here only when nobody has claimed the alert for this long.'),
  allowInternal: z.boolean().default(false).describe('Allow private and link-local addresses.'),
}

/** Every notification channel of headroom.yaml, by its type. */
export const Notify = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('slack'), url: HttpUrl, ...common }),
  z.strictObject({ type: z.literal('discord'), url: HttpUrl, ...common }),
  z.strictObject({ type: z.literal('pagerduty'), routingKey: z.string(), url: HttpUrl.optional(), ...common }),
  z.strictObject({
    type: z.literal('email'),
    server: z.string().describe('smtp://user:password@host:587'),
    from: z.string(),
    to: z.union([z.string(), z.array(z.string()).min(1)]),
    ...common,
  }),
  z.strictObject({
    type: z.literal('ntfy'),
    url: HttpUrl.describe('The address of the topic.'),
    token: z.string().optional(),
    ...common,
  }),
  z.strictObject({
    type: z.literal('webhook'),
    url: HttpUrl,
    secret: z.string().startsWith('whsec_', 'must begin with whsec_').optional(),
    ...common,
  }),
  z.strictObject({
    type: z.literal('webpush'),
    contact: z.string().optional().describe('mailto: or https: address for the push service.'),
    ...common,
  }),
  z.strictObject({ type: z.literal('alertmanager'), url: HttpUrl, bearer: z.string().optional(), ...common }),
])
export type Notify = z.infer<typeof Notify>
