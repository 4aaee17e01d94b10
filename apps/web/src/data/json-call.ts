import type { z } from 'zod'
import { cutShort, noAnswer, notUnderstood, problemOf, tooSlow, unreadable } from './http-problem.ts'

/** No ordinary question takes longer. */
export const TIMEOUT_MS = 10_000

type Query = Record<string, string | number | undefined>

/** What goes with a call that changes something. */
type Told = { method: 'POST'; body: string } | undefined

/** Asks the collector. Throws an `HttpProblem` whose message says what is wrong and what to do. */
export function getJson<S extends z.ZodType>(
  path: string,
  schema: S,
  query: Query,
  signal: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<z.output<S>> {
  return call(path, searchOf(query), schema, undefined, signal, timeoutMs)
}

/** A text as what it should be; undefined where it is not. */
export function readJson<S extends z.ZodType>(text: string, schema: S): z.output<S> | undefined {
  return schema.safeParse(jsonOf(text)).data
}

function searchOf(query: Query): string {
  const words = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
  return words.length === 0 ? '' : `?${new URLSearchParams(words)}`
}

function addressOf(path: string, search: string): string {
  return `/api/v1${path}${search}`
}

/** Tells the collector to do something. Throws like `getJson`. */
export function postJson<S extends z.ZodType>(
  path: string,
  body: unknown,
  schema: S,
  signal: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<z.output<S>> {
  return call(path, '', schema, { method: 'POST', body: JSON.stringify(body) }, signal, timeoutMs)
}

async function call<S extends z.ZodType>(
  path: string,
  search: string,
  schema: S,
  told: Told,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<z.output<S>> {
  const { status, body, html } = await ask(addressOf(path, search), told, signal, timeoutMs)
  if (status < 200 || status > 299) throw problemOf(status, body, html)
  if (body === undefined) throw unreadable(status, html)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw notUnderstood(path, parsed.error.issues[0]?.path.join('.') ?? '')
}

type Answer = { status: number; body: unknown; html: boolean }

/** One question with one deadline, which holds for the last byte of the answer too. `body` is undefined where it is no JSON. */
async function ask(url: string, told: Told, signal: AbortSignal, timeoutMs: number): Promise<Answer> {
  const deadline = AbortSignal.timeout(timeoutMs)
  let response: Response | undefined
  try {
    response = await fetch(url, {
      ...told,
      signal: AbortSignal.any([signal, deadline]),
      headers: { accept: 'application/json', ...(told === undefined ? {} : { 'content-type': 'application/json' }) },
      // The collector sends nobody elsewhere: who does is a sign-in page in between.
      redirect: 'manual',
    })
    const text = await response.text()
    const html = (response.headers.get('content-type') ?? '').includes('html') || text.startsWith('<')
    return { status: response.status, body: jsonOf(text), html: html || response.type === 'opaqueredirect' }
  } catch (error) {
    if (signal.aborted) throw error
    if (deadline.aborted) throw tooSlow(timeoutMs)
    throw response === undefined ? noAnswer() : cutShort()
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
