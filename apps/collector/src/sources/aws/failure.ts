import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { failureOf } from '../http-client/failure.ts'

/** In what circumstances a call failed. */
export type Asked = {
  service: string
  region: string
  timeoutMs: number
  late: boolean
  endpoint: boolean
  cluster: string
  profile?: string | undefined
  /** The action that was asked for, as a policy names it. */
  action?: string | undefined
}

/** What an error of the SDK, or of the network below it, means. */
export function failureIn(error: unknown, asked: Asked): SourceProblem {
  const { name, message, status } = said(error)
  const known = byName(name, message, asked)
  if (known !== undefined) return known
  if (asked.late || name === 'AbortError' || name === 'TimeoutError') return late(asked)
  if (status === 429) return throttled(asked)
  if (status !== undefined && status >= 500) return fault(asked, status)
  if (name === 'SyntaxError' || /deserializ|unexpected token|not valid xml/i.test(message))
    return problem('not_aws', `what answers for ${asked.service} is not AWS; check \`endpoint\`, and any proxy between`)
  if (status !== undefined)
    return problem('refused', `${asked.service} refuses: ${clean(message)} (${name}); check the names of this source`)
  return byNetwork(error, asked)
}

/** The names that the services give errors; each protocol has its own word for the same. */
const NAMES: readonly (readonly [RegExp, (message: string, asked: Asked) => SourceProblem])[] = [
  [/^(ExpiredToken|ExpiredTokenException|RequestExpired)$/, expired],
  [
    /^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|AuthFailure|MissingAuthenticationToken\w*)$/,
    wrong,
  ],
  [/^(SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature\w*)$/, badSignature],
  [/^(RequestTimeTooSkewed|RequestInTheFuture)$/, () => CLOCK],
  [/^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized|UnauthorizedException)$/, denied],
  [
    /^(Throttling|ThrottlingException|ThrottledException|RequestLimitExceeded|RequestThrottled\w*|TooManyRequestsException)$/,
    (_, asked) => throttled(asked),
  ],
  [
    /^(OptInRequired|OptInRequiredException|RegionDisabledException)$/,
    (_, { region }) => wrongRegion(`the account has not switched on ${region}`),
  ],
  [
    /^ClusterNotFoundException$/,
    (_, { region, cluster }) =>
      problem('unknown_cluster', `there is no cluster ${cluster} in ${region}; check \`cluster\` and \`region\``),
  ],
  [
    /^ServiceNotFoundException$/,
    (_, { region }) =>
      problem(
        'unknown_service',
        `there is no such service in ${region}; check \`service\`, \`cluster\` and \`region\``,
      ),
  ],
  [/^(CredentialsProviderError|ProviderError|TokenProviderError)$/, noCredentials],
  [
    /^RunsProgram$/,
    (message) =>
      problem(
        'forbidden',
        `${message} has its credentials from a program, which is not run from the screen: if it is meant, write the source into headroom.yaml by hand`,
      ),
  ],
]

function byName(name: string, message: string, asked: Asked): SourceProblem | undefined {
  const meaning = NAMES.find(([pattern]) => pattern.test(name))?.[1]
  return meaning?.(message, asked)
}

function expired(): SourceProblem {
  return problem(
    'expired_credentials',
    'the credentials have expired; sign in again (aws sso login), or give the machine a role, whose credentials are renewed by themselves',
  )
}

function wrong(): SourceProblem {
  return problem(
    'wrong_credentials',
    'AWS knows no such access key; check the credentials, or whether the key was deleted',
  )
}

function badSignature(message: string): SourceProblem {
  if (/expired|not yet current/i.test(message)) return CLOCK
  if (/scoped to a valid region/i.test(message)) return wrongRegion('AWS does not know the region of the request')
  return problem('wrong_credentials', 'the secret access key does not belong to the access key; check the credentials')
}

/** Which action it is stands in the words; whose, and in which account, is nobody's business here. */
function denied(message: string, { service, action: asked }: Asked): SourceProblem {
  const action = /perform:? ([\w-]+:\w+)/.exec(message)?.[1] ?? asked
  const boundary = /explicit deny/.test(message) ? '; a policy denies it explicitly' : ''
  return problem(
    'no_permission',
    action === undefined
      ? `${service} denies access; allow what docs/sources/aws.md lists${boundary}`
      : `the permission ${action} is missing; add it to the policy of this role or user${boundary}`,
  )
}

function throttled({ service }: Asked): SourceProblem {
  return problem(
    'throttled',
    `${service} throttles: the account asks too often; ask less (every, period), or raise the quota of the account`,
  )
}

function fault({ service }: Asked, status: number): SourceProblem {
  return problem(
    'aws_fault',
    `${service} has a fault of its own (HTTP ${status}); if it stays, look at health.aws.amazon.com`,
  )
}

function late({ service, timeoutMs }: Asked): SourceProblem {
  return problem(
    'timeout',
    `no answer of ${service} within ${timeoutMs / 1_000} s; check the way to AWS (a private subnet needs a VPC endpoint or NAT), or give a longer \`timeout\``,
  )
}

function noCredentials(message: string, { profile }: Asked): SourceProblem {
  if (/expired|refresh|aws sso login|session/i.test(message)) return expired()
  if (profile !== undefined)
    return problem('no_credentials', `the profile ${profile} has no usable credentials; check ~/.aws, or \`profile\``)
  return problem(
    'no_credentials',
    'no credentials were found: give the machine or the task a role, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a `profile`',
  )
}

const CLOCK = problem(
  'clock_skew',
  "AWS refuses because of the time: this machine's clock is wrong by more than five minutes; set it (NTP)",
)

function wrongRegion(why: string): SourceProblem {
  return problem('wrong_region', `${why}; check \`region\``)
}

function byNetwork(error: unknown, { service, region, endpoint }: Asked): SourceProblem {
  const { code, message } = failureOf(error)
  if (code === 'dns' && !endpoint)
    return problem(
      'wrong_region',
      `the name of ${service} in ${region} cannot be looked up; check \`region\`, and the network of this machine`,
    )
  return problem(code, message.replaceAll('`url`', '`endpoint`'))
}

/** Words of AWS without the account in them. */
export function clean(text: string): string {
  return text
    .replaceAll(/\barn:[^\s,()]+/g, lastOfArn)
    .replaceAll(/\b\d{12}\b/g, '[account]')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
}

function lastOfArn(arn: string): string {
  return (arn.includes('/') ? arn.split('/') : arn.split(':')).at(-1) ?? ''
}

function problem(code: string, message: string): SourceProblem {
  return { code, message }
}

function said(error: unknown): { name: string; message: string; status: number | undefined } {
  if (!(error instanceof Error)) return { name: '', message: '', status: undefined }
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined
  return { name: error.name, message: error.message, status: typeof status === 'number' ? status : undefined }
}
