import type { HttpAnswer } from './http-client.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'

type Verdict = { up: 0 | 1; error?: SourceProblem }

const HINTS: Readonly<Record<number, string>> = {
  401: 'it asks for a token; check `bearer`, `headers` or `query`',
  403: 'the token is not accepted, or may not read this; check `bearer`, `headers` or `query`',
  404: 'there is nothing at this path; check `url`',
  405: 'the path does not answer to GET; check `url`',
  407: 'a proxy asks for a password; check the network of this machine',
  410: 'what was at this path is gone; check `url`',
  429: 'it is asked too often; set a longer `every`',
  500: 'the service fails inside; look at its log',
  502: 'the proxy before it gets no answer from the service; look whether it runs',
  503: 'the service says it is overloaded or not ready',
  504: 'the proxy before it waited in vain for the service; it hangs or is overloaded',
}

/**
 * What a status says. 5xx is down. A 4xx did answer, so the system is up, but what we ask for is not there: only the
 * source fails; a 401 says how it would have us sign in. `expected` replaces the usual 2xx.
 */
export function judgeStatus(
  { status, headers }: Pick<HttpAnswer, 'status' | 'headers'>,
  expected: readonly number[] | undefined,
): Verdict {
  const fine = expected === undefined ? status >= 200 && status < 300 : expected.includes(status)
  if (fine) return { up: 1 }
  const hint =
    (status === 401 ? signInHint(headers['www-authenticate']) : undefined) ??
    HINTS[status] ??
    (status >= 500
      ? 'the service fails; look at its log'
      : 'check `url`, or name it in `expect.status` if that is how it should be')
  return { up: status >= 500 ? 0 : 1, error: { code: 'http_status', message: `answers HTTP ${status}: ${hint}` } }
}

function signInHint(challenge: string | undefined): string | undefined {
  const scheme = /^\s*([\w-]+)/.exec(challenge ?? '')?.[1]
  if (scheme === undefined || /^bearer$/i.test(scheme)) return undefined
  return /^basic$/i.test(scheme)
    ? 'it asks for a user and a password, or does not take those given; write them as in `url: "https://me:${PASSWORD}@app.example.com/health"`'
    : `it asks to sign in by ${scheme}, which Headroom cannot; give an address that a token or a password opens`
}
