import { z } from 'zod'

/** The API itself. Only a proxy before it, or a test, has another address. */
export const RENDER_API = 'https://api.render.com/v1'

const ids = (pattern: RegExp, error: string) => {
  const One = z.string().trim().regex(pattern, error)
  return z.union([One.transform((id) => [id]), z.array(One).min(1).max(1_000)], { error })
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

export const RenderOptions = z
  .strictObject({
    service: ids(/^(srv|crn)-[a-z0-9-]+$/i, 'must be the id of a service, such as srv-abc123')
      .optional()
      .describe('The id of a service, or a list. It stands in the address of its page on the Render Dashboard.'),
    postgres: ids(/^dpg-[a-z0-9-]+$/i, 'must be the id of a Postgres database, such as dpg-abc123')
      .optional()
      .describe('The id of a Postgres database, or a list.'),
    keyvalue: ids(/^red-[a-z0-9-]+$/i, 'must be the id of a Key Value instance, such as red-abc123')
      .optional()
      .describe('The id of a Key Value instance, or a list.'),
    apiKey: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]+$/, 'must be a key of Render, without spaces')
      .describe('A key from Account Settings, API Keys. It may read all that its owner may.'),
    events: z.boolean().default(true).describe('Deploys, restarts, failures and scaling as notes on the time axis.'),
    url: z
      .url({ protocol: /^https?$/, error: `must be an address such as ${RENDER_API}` })
      .refine((text) => {
        const url = URL.parse(text)
        return url !== null && (url.protocol === 'https:' || LOOPBACK.test(url.hostname))
      }, 'must be https, for the key is sent there')
      .default(RENDER_API)
      .describe('Only for a proxy before the API, or a test: the key is sent there.'),
  })
  .superRefine(({ service, postgres, keyvalue }, context) => {
    if (service === undefined && postgres === undefined && keyvalue === undefined)
      context.addIssue({
        code: 'custom',
        path: ['service'],
        message: 'is missing: give the id of a `service`, of a `postgres` or of a `keyvalue`',
      })
  })
export type RenderOptions = z.infer<typeof RenderOptions>
