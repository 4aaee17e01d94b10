import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { formatDuration } from '@headroom/shared/time.ts'
import { z } from 'zod'

/** What Render's API may say with an error; every part may be missing. */
const Said = z.object({ message: z.string().optional(), error: z.string().optional(), code: z.string().optional() })

/** A question that was not answered. `whole`: every other question to this key would fare the same. */
export type Refusal = { kind: 'refusal'; status?: number; problem: SourceProblem; whole: boolean }

/** What an answer that is no 2xx means, and what to do. `what` is what was asked for. */
export function refusalOf(status: number, body: unknown, what: string): Refusal {
  const said = wordsOf(body)
  const refuse = (code: string, message: string, whole: boolean): Refusal => ({
    kind: 'refusal',
    status,
    problem: { code, message },
    whole,
  })
  switch (status) {
    case 401:
      return refuse(
        'wrong_key',
        'Render does not take this key (HTTP 401): it is wrong, expired or revoked; make one on the Render Dashboard under Account Settings, API Keys, and give it as `apiKey`',
        true,
      )
    case 402:
      return refuse('plan', `${what}: the plan of the workspace does not include it (HTTP 402)${said}`, false)
    case 403:
      return refuse(
        'no_permission',
        `${what}: the key may not read it (HTTP 403); its owner must be a member of the workspace that it belongs to`,
        false,
      )
    case 404:
    case 410:
      return refuse(
        'unknown_service',
        `${what}: Render has none with this id for this key (HTTP ${status}); check the id, which stands in the address of its page on the Render Dashboard, and that the owner of the key is a member of its workspace`,
        false,
      )
    case 429:
      return { ...throttled(), status }
    case 500:
      return refuse('render_fails', `${what}: Render's API fails inside (HTTP 500)${said}; it is asked again`, false)
    case 502:
    case 503:
    case 504:
      return refuse(
        'render_down',
        `Render's API does not answer (HTTP ${status}); https://status.render.com says whether that is known`,
        true,
      )
    default:
      return refuse(
        'http_status',
        `${what}: Render's API answers HTTP ${status}${said}; if it stays, compare with the service's page on the Render Dashboard`,
        false,
      )
  }
}

/** Render has had as many questions as it takes, or as many as are ours. */
export function throttled(waitMs?: number): Refusal {
  const when = waitMs === undefined ? 'in a while' : `in ${formatDuration(Math.ceil(waitMs / 1_000) * 1_000)}`
  const message = `Render takes no more reads at the moment (400 a minute for all keys of a person together): it is asked again ${when}; if it stays, see what else reads from its API, or set a longer \`every\``
  return { kind: 'refusal', problem: { code: 'throttled', message }, whole: true }
}

/** An answer that is not what Render's API gives. */
export function notRender(what: string): Refusal {
  const message = `${what}: the answer is not what Render's API gives; check \`url\`, and a proxy between`
  return { kind: 'refusal', problem: { code: 'not_render', message }, whole: false }
}

const MAX_WORDS = 200

function wordsOf(body: unknown): string {
  const parsed = Said.safeParse(body)
  const words = parsed.success ? (parsed.data.message ?? parsed.data.error ?? parsed.data.code ?? '') : ''
  return words === '' ? '' : `: ${words.replace(/\s+/g, ' ').slice(0, MAX_WORDS)}`
}
