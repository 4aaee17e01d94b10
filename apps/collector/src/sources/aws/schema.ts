import { MINUTE, parseDuration } from '@headroom/shared/time.ts'
import { z } from 'zod'
import { httpUrl } from '../http-client/request-options.ts'
import { regionOfArn, resourceOf } from './arn.ts'

const MAX_PERIOD_MS = 60 * MINUTE
/** More than any system has; it keeps a mistake from becoming a bill. */
const MAX_NAMES = 50

/** A name as `pattern` has it, or the ARN that ends in one; kept as it stands, for its region is looked at later. */
function name(kind: string, pattern: RegExp, example: string): z.ZodString {
  return z
    .string()
    .refine((text) => pattern.test(resourceOf(kind, text)), `must be a name such as ${example}, or an ARN`)
}

/** One, or a list of them. */
function oneOrMore(one: z.ZodString): z.ZodType<string | string[] | undefined> {
  return z.union([one, z.array(one).min(1).max(MAX_NAMES)]).optional()
}

const Cluster = name('cluster', /^[\w-]{1,255}$/, 'captions')
const Service = name('service', /^[\w-]{1,255}$/, 'web')
const LoadBalancer = name('loadbalancer', /^app\/[\w-]+\/\w+$/, 'app/captions/50dc6c495c0c9188')
const TargetGroup = name('targetgroup', /^targetgroup\/[\w-]+\/\w+$/, 'targetgroup/web/73e2d6bc24d8a067')
const Instance = name('instance', /^i-[0-9a-z]{8,17}$/, 'i-0123456789abcdef0')
const Group = name('autoScalingGroup', /^[^:|]{1,255}$/, 'captions-web')
const Database = name('db', /^[A-Za-z][A-Za-z0-9-]{0,62}$/, 'captions-db')
const Cache = name('cache', /^[A-Za-z][A-Za-z0-9-]{0,49}$/, 'captions-redis-001')

const Period = z
  .string()
  .default('1m')
  .refine((text) => {
    const ms = parseDuration(text)
    return ms !== undefined && ms >= MINUTE && ms <= MAX_PERIOD_MS && ms % MINUTE === 0
  }, 'must be whole minutes, at most an hour, such as 1m or 5m')

export const AwsOptions = z
  .strictObject({
    region: z
      .string()
      .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'must be a region such as eu-west-1')
      .optional()
      .describe('Where it all is, such as eu-west-1.'),
    cluster: Cluster.optional().describe('The ECS cluster of the services; "default" without it.'),
    service: oneOrMore(Service).describe('ECS services of the cluster: one, or a list.'),
    loadBalancer: LoadBalancer.optional().describe('An Application Load Balancer: app/NAME/ID, or its ARN.'),
    targetGroup: oneOrMore(TargetGroup).describe('Target groups behind it: targetgroup/NAME/ID, or ARNs.'),
    instance: oneOrMore(Instance).describe('EC2 instances, by their ids.'),
    autoScalingGroup: Group.optional().describe('An EC2 Auto Scaling group, by its name.'),
    db: oneOrMore(Database).describe('RDS instances, by their identifiers.'),
    cache: oneOrMore(Cache).describe('ElastiCache nodes (Redis or Valkey), by their cluster ids.'),
    period: Period.describe('The span of one value of CloudWatch, which is asked that often at most.'),
    profile: z
      .string()
      .min(1)
      .optional()
      .describe('A profile of ~/.aws, instead of what the machine or the environment gives.'),
    accessKeyId: z.string().trim().min(1).optional().describe('Credentials of its own, with `secretAccessKey`.'),
    secretAccessKey: z.string().trim().min(1).optional().describe('Never shown.'),
    sessionToken: z.string().trim().min(1).optional().describe('Where the credentials are temporary. Never shown.'),
    endpoint: httpUrl('https://vpce-1a2b.monitoring.eu-west-1.vpce.amazonaws.com')
      .optional()
      .describe('Asked instead of AWS: a proxy, or LocalStack. Given only the credentials that stand beside it.'),
    taskMetadata: z
      .boolean()
      .default(false)
      .describe('true where Headroom runs in the ECS task that it watches: AWS itself is not asked.'),
  })
  .superRefine((options, context) => {
    for (const { path, message } of [
      ...credentialProblems(options),
      ...targetProblems(options),
      ...regionProblems(options),
    ])
      context.addIssue({ code: 'custom', path: [path], message })
  })
export type AwsOptions = z.infer<typeof AwsOptions>

type Problem = { path: string; message: string }
type Raw = Partial<AwsOptions>

const TARGETS = ['service', 'loadBalancer', 'instance', 'autoScalingGroup', 'db', 'cache'] as const

function targetProblems(options: Raw): Problem[] {
  const given = TARGETS.filter((target) => options[target] !== undefined)
  if (options.taskMetadata === true)
    return [...given, ...(['cluster', 'targetGroup', 'profile', 'endpoint'] as const)]
      .filter((path) => options[path] !== undefined)
      .map((path) => ({ path, message: 'is of AWS, which taskMetadata does not ask: make two sources of them' }))
  if (options.region === undefined)
    return [{ path: 'region', message: 'is missing: where it all is, such as eu-west-1' }]
  if (options.targetGroup !== undefined && options.loadBalancer === undefined)
    return [{ path: 'loadBalancer', message: 'is missing: the one before the target group, such as app/NAME/ID' }]
  if (options.cluster !== undefined && options.service === undefined)
    return [{ path: 'service', message: 'is missing: name the services of the cluster' }]
  if (given.length > 0) return []
  return [
    { path: 'service', message: `is missing: name at least one of ${TARGETS.join(', ')}; or set taskMetadata: true` },
  ]
}

function credentialProblems({ endpoint, accessKeyId, secretAccessKey, sessionToken, profile }: Raw): Problem[] {
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    return [
      {
        path: accessKeyId === undefined ? 'accessKeyId' : 'secretAccessKey',
        message: 'is missing: the two go together',
      },
    ]
  if (sessionToken !== undefined && accessKeyId === undefined)
    return [{ path: 'accessKeyId', message: 'is missing: `sessionToken` goes with it and `secretAccessKey`' }]
  if (profile !== undefined && accessKeyId !== undefined)
    return [{ path: 'profile', message: 'stands beside `accessKeyId`: give one of the two' }]
  if (endpoint !== undefined && !isOfAws(endpoint) && accessKeyId === undefined)
    return [
      {
        path: 'accessKeyId',
        message:
          'is missing: an `endpoint` that is not of AWS is never given the credentials of this machine; give `accessKeyId` and `secretAccessKey` for it (LocalStack takes any)',
      },
    ]
  return []
}

/** Whether an address belongs to AWS, whom credentials may reach: its own names, and those of private links into it. */
function isOfAws(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null && url.protocol === 'https:' && /\.(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws)$/.test(url.hostname)
  )
}

function regionProblems(options: Raw): Problem[] {
  return (['cluster', 'service', 'loadBalancer', 'targetGroup', 'autoScalingGroup', 'db'] as const).flatMap((path) => {
    const elsewhere = [options[path] ?? []]
      .flat()
      .map(regionOfArn)
      .find((region) => region !== undefined && region !== options.region)
    return elsewhere === undefined || options.region === undefined
      ? []
      : [{ path, message: `is in ${elsewhere}, and \`region\` is ${options.region}` }]
  })
}
