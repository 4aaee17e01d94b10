import type { ErrorBody } from '@headroom/shared/contracts.ts'
import { z } from 'zod'
import type { Logger } from '../telemetry/logger.ts'

/** Something is wrong with a request: the message says what, and what to do. Thrown anywhere behind a route. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly path: string | undefined

  constructor(status: number, code: string, message: string, path?: string) {
    super(message)
    this.status = status
    this.code = code
    this.path = path
  }
}

export type ErrorAnswer = { status: number; body: ErrorBody }

export function errorAnswer({
  status,
  code,
  message,
  path,
}: Pick<ApiError, 'status' | 'code' | 'message' | 'path'>): ErrorAnswer {
  return { status, body: { error: { code, message, ...(path === undefined ? {} : { path }) } } }
}

/** What a failed schema says, as one error: the first problem, with the others counted. */
export function invalid(part: 'query' | 'body' | 'params', error: z.ZodError): ApiError {
  const [first, ...others] = error.issues
  const path = first?.path.join('.') ?? ''
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  const where = path === '' ? `The ${part}` : `"${path}" in the ${part}`
  return new ApiError(
    400,
    `invalid_${part}`,
    `${where}: ${first?.message ?? 'not understood'}${more}. GET /api/v1/openapi.json says what is expected.`,
    path === '' ? undefined : path,
  )
}

/** Errors of the body parser and the router: they name a status and a type. */
const Foreign = z.object({ status: z.int().min(400).max(499), type: z.string().optional() })

/** The one mapper: what was thrown becomes what is answered. What nobody expected is logged, and said without detail. */
export function mapError(error: unknown, log: Logger): ErrorAnswer {
  if (error instanceof ApiError) return errorAnswer(error)
  const foreign = Foreign.safeParse(error)
  if (foreign.success) return errorAnswer(fromForeign(foreign.data))
  log.log('error', `a request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return errorAnswer(
    new ApiError(
      500,
      'internal',
      'Something failed inside the collector; its log says what. The request can be tried again.',
    ),
  )
}

function fromForeign({ status, type }: z.infer<typeof Foreign>): ApiError {
  switch (type) {
    case 'entity.parse.failed':
      return new ApiError(400, 'invalid_json', 'The body is not JSON: check its quotes, commas and brackets.')
    case 'entity.too.large':
      return new ApiError(413, 'too_large', 'The body is larger than 256 KiB: send less at once.')
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new ApiError(
        415,
        'unsupported_encoding',
        'The body must be UTF-8, plain or compressed with gzip, deflate or br.',
      )
    default:
      return new ApiError(status, 'bad_request', 'The request could not be read: check its address, headers and body.')
  }
}
