import { z } from 'zod'

export const StatsdOptions = z.strictObject({
  port: z.int().min(1).max(65_535).default(8125).describe('The UDP port that is listened on.'),
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('The address that is listened on: 0.0.0.0 for senders elsewhere, who are then all believed.'),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_.-]*$/, 'must be letters, digits, dots, dashes and underscores')
    .default('')
    .describe("What names begin with: gunicorn's --statsd-prefix. Others are left out."),
})
export type StatsdOptions = z.infer<typeof StatsdOptions>
