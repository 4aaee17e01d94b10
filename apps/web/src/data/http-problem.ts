import { ErrorBody } from '@headroom/shared/contracts.ts'

/** An answer that is no use, in words for a person. */
export class HttpProblem extends Error {
  readonly code: string
  /** Whether the same question may be answered a little later. */
  readonly retryable: boolean
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined
  /** The place in what was sent that is wrong, where it is one. */
  readonly path: string | undefined

  constructor(code: string, message: string, retryable: boolean, status?: number, path?: string) {
    super(message)
    this.code = code
    this.retryable = retryable
    this.status = status
    this.path = path
  }

  /** The collector does not let this reader in. */
  get refused(): boolean {
    return this.status === 401 || this.status === 403
  }
}

export const noAnswer = (): HttpProblem =>
  new HttpProblem('no_answer', 'The collector did not answer. Is it running?', true)

export const tooSlow = (ms: number): HttpProblem =>
  new HttpProblem('too_slow', `The collector took longer than ${Math.round(ms / 1000)} s to answer.`, true)

export const cutShort = (): HttpProblem =>
  new HttpProblem('cut_short', 'The answer was cut short: the connection broke in the middle of it.', true)

/** Something answered, but with a web page: only the collector’s own pages are HTML, and none is under /api. */
const notOurs = (status: number): HttpProblem =>
  new HttpProblem(
    'not_ours',
    'Something in between answered with a web page instead of the collector: a sign-in page, or a proxy. Reload the page to see it.',
    true,
    status,
  )

/** The path within the answer that was not as expected, where there is one. */
export const notUnderstood = (path: string, where: string): HttpProblem =>
  new HttpProblem(
    'not_understood',
    `The answer to ${path} was not understood${where === '' ? '' : ` (at ${where})`}. Reload the page: the collector may be newer than it.`,
    false,
  )

/** What a status other than 2xx means: in the collector's own words where the body holds them. */
export function problemOf(status: number, body: unknown, html: boolean): HttpProblem {
  const retryable = status >= 500 || status === 429 || status === 408
  const parsed = ErrorBody.safeParse(body)
  if (parsed.success) {
    const { code, message, path } = parsed.data.error
    return new HttpProblem(code, message, retryable, status, path)
  }
  if (html && status < 500 && status !== 401 && status !== 403) return notOurs(status)
  return new HttpProblem(`http_${status}`, wordsOf(status), retryable, status)
}

/** What a 2xx whose body is no JSON means. */
export function unreadable(status: number, html: boolean): HttpProblem {
  return html ? notOurs(status) : cutShort()
}

function wordsOf(status: number): string {
  switch (status) {
    case 401:
      return 'Nobody is signed in here.'
    case 403:
      return 'This is not allowed for you here.'
    case 429:
      return 'Too many questions were asked; the next one comes a little later.'
    case 502:
    case 503:
    case 504:
      return `Something in front of the collector answered ${status}: the collector behind it does not answer.`
    default:
      return `The collector answered ${status}.`
  }
}
