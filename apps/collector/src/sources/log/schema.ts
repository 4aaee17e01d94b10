import { z } from 'zod'
import { httpUrl } from '../http-client/request-options.ts'
import { MAX_PATTERNS, patternProblem } from './patterns/pattern-set.ts'

const Expression = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const problem = patternProblem(text)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: `the pattern ${problem}` })
  })
const PatternId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower case letters, digits and dashes')
const Patterns = z
  .record(PatternId, Expression)
  .refine((all) => Object.keys(all).length <= MAX_PATTERNS / 2, `must be at most ${MAX_PATTERNS / 2} patterns`)

const Port = z.int().min(1).max(65_535)
const Token = z.string().trim().min(8, 'must be at least 8 characters')
const OneOrMore = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1).max(100)])
  .transform((said) => [said].flat())

const Syslog = z.union([
  Port.transform((port) => ({ port, host: '127.0.0.1', token: undefined, tls: undefined })),
  z.strictObject({
    port: Port.describe('The port that is listened on, over TCP.'),
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('The address that is listened on: 0.0.0.0 for senders elsewhere.'),
    token: Token.optional().describe('What every message has to hold in its structured data, or before it.'),
    tls: z
      .strictObject({
        cert: z.string().min(1).describe('A PEM file: the certificate, and those that vouch for it.'),
        key: z.string().min(1).describe('A PEM file: the key of the certificate.'),
      })
      .optional()
      .describe('Listens in TLS.'),
  }),
])

const Render = z.strictObject({
  apiKey: z.string().trim().min(1).describe('An API key of Render.'),
  service: OneOrMore.describe('The ids of services, databases or key value stores: srv-..., dpg-..., red-....'),
  owner: z
    .string()
    .min(1)
    .optional()
    .describe('The id of the workspace, tea-... or usr-...; by default it is looked up.'),
  type: OneOrMore.optional().describe('Which logs: app, request, build. By default app and request.'),
  url: httpUrl('https://api.render.com/v1')
    .default('https://api.render.com/v1')
    .describe('Where the API of Render is.'),
})

const CloudWatch = z.strictObject({
  group: z.string().min(1).describe('The log group, by its name or its ARN.'),
  stream: z.string().min(1).optional().describe('Only streams whose names begin so.'),
  region: z.string().min(1).optional().describe('By default that of the environment or the profile.'),
  profile: z.string().min(1).optional().describe('A profile of the AWS configuration of this machine.'),
  endpoint: httpUrl('https://vpce-1.logs.eu-west-1.vpce.amazonaws.com')
    .optional()
    .describe('Another address of the service, such as a VPC endpoint.'),
})

export const WAYS = ['file', 'command', 'render', 'syslog', 'cloudwatch'] as const

export const LogOptions = z
  .strictObject({
    file: z.string().min(1).optional().describe('The file that is followed, whatever becomes of it.'),
    command: z
      .tuple([z.string().min(1)], z.string())
      .optional()
      .describe('A command whose output is followed, word by word; it is run through no shell.'),
    render: Render.optional().describe("Render's log stream of a service."),
    syslog: Syslog.optional().describe('A port on which syslog is listened for, over TCP.'),
    cloudwatch: CloudWatch.optional().describe('A log group of CloudWatch Logs.'),
    patterns: Patterns.default({}).describe("What is looked for beside the preset's: id to a regular expression."),
    goodSigns: Patterns.default({}).describe('Signs that all is well, likewise.'),
  })
  .superRefine((options, context) => {
    const given = WAYS.filter((way) => options[way] !== undefined)
    if (given.length === 1) return
    const said = given.length === 0 ? 'says nowhere where the log is' : `says ${given.join(' and ')}`
    context.addIssue({ code: 'custom', message: `${said}; exactly one of ${WAYS.join(', ')} is needed` })
  })
export type LogOptions = z.infer<typeof LogOptions>
