import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { failureOf } from '../../http-client/failure.ts'

/** What an error of the AWS SDK means, and what to do. Its own message may hold an account number, and is not repeated. */
export function awsProblem(error: unknown, group: string): SourceProblem {
  const name = error instanceof Error ? error.name : 'unknown'
  const problem = (code: string, message: string): SourceProblem => ({ code, message: `CloudWatch Logs: ${message}` })
  switch (name) {
    case 'AccessDeniedException':
      return problem(
        'no_permission',
        `this identity lacks logs:FilterLogEvents on the group ${group}; add it to its policy`,
      )
    case 'ResourceNotFoundException':
      return problem(
        'unknown_group',
        `there is no log group ${group} in this region and account; check \`group\` and \`region\``,
      )
    case 'ExpiredTokenException':
    case 'ExpiredToken':
      return problem('expired', 'the credentials have expired; renew them (aws sso login, or the role of this machine)')
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
    case 'InvalidClientTokenId':
    case 'SignatureDoesNotMatch':
      return problem('wrong_key', 'the credentials are not accepted; check the key, and the clock of this machine')
    case 'CredentialsProviderError':
    case 'TokenProviderError':
      return problem(
        'no_credentials',
        'no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, give a `profile`, or run with a role',
      )
    case 'ThrottlingException':
    case 'LimitExceededException':
    case 'TooManyRequestsException':
      return problem('throttled', 'it is asked too often in this account and region; set a longer `every`')
    case 'InvalidParameterException':
    case 'ValidationException':
      return problem('bad_request', 'the question is not taken; check `group` and `stream`')
    case 'ServiceUnavailableException':
    case 'InternalFailure':
      return problem('unavailable', 'the service is in trouble itself; it is asked again')
    case 'TimeoutError':
    case 'AbortError':
      return problem('timeout', 'no answer in time; check the network of this machine, and the `region`')
    default:
      if (error instanceof Error && /region is missing/i.test(error.message))
        return problem('no_region', 'no region is known; give `region`, or set AWS_REGION')
      return codeOf(error) === undefined
        ? problem('failed', `the question failed (${name})`)
        : problem(failureOf(error).code, failureOf(error).message)
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
