import type { IncomingHttpHeaders } from 'node:http'
import type { Client, Dispatcher } from 'undici'
import { type BodySink, createInlet, type Inlet, type InletEnd } from './inlet.ts'

export type ExchangeRequest = {
  /** Path and query. */
  path: string
  headers: Record<string, string>
  /** The most bytes of body to take, as they come over the wire. */
  maxBytes: number
  /** Takes the body of a 2xx as it comes, unpacked; `maxBytes` then bounds what comes out, and `body` stays empty. */
  sink?: (headers: IncomingHttpHeaders) => BodySink
}

/** One request and what came of it; `began` tells a body that stopped from an answer that never came. */
export type Exchange =
  | { kind: 'answer'; status: number; headers: IncomingHttpHeaders; body: Uint8Array }
  | { kind: 'too_large' }
  | { kind: 'bad_encoding' }
  | { kind: 'aborted'; began: boolean }
  | { kind: 'broken'; error: unknown; began: boolean }

const GIVEN_UP = new Error('given up')
const NOTHING = new Uint8Array()
/** After so much of a streamed body others get their turn. */
const BREATH_BYTES = 128 * 1024

/**
 * One GET over a connection. Written against `dispatch` because it costs half of what `request` and its stream do, and a
 * collector makes hundreds a second. The body is counted while it comes, so an endless one is never kept.
 */
export function exchange(client: Client, request: ExchangeRequest, signal: AbortSignal): Promise<Exchange> {
  if (signal.aborted) return Promise.resolve({ kind: 'aborted', began: false })
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let length = 0
    let answer: { status: number; headers: IncomingHttpHeaders } | undefined
    let control: Dispatcher.DispatchController | undefined
    let inlet: Inlet | undefined

    const settle = (result: Exchange): void => {
      signal.removeEventListener('abort', onAbort)
      inlet?.destroy()
      resolve(result)
    }
    const onInletEnd = (end: InletEnd): void => {
      const whole = end === 'whole' || end === 'enough'
      if (whole && answer !== undefined) settle({ kind: 'answer', ...answer, body: NOTHING })
      else settle({ kind: end === 'too_large' ? 'too_large' : 'bad_encoding' })
      if (end !== 'whole') control?.abort(GIVEN_UP)
    }
    const onAbort = (): void => {
      settle({ kind: 'aborted', began: answer !== undefined })
      control?.abort(GIVEN_UP)
    }
    signal.addEventListener('abort', onAbort, { once: true })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        control = controller
        if (signal.aborted) controller.abort(GIVEN_UP)
      },
      onResponseStart(_controller, status, headers) {
        if (status >= 200) answer = { status, headers }
        if (request.sink !== undefined && status >= 200 && status < 300) {
          const encoding = headers['content-encoding']
          inlet = createInlet(
            typeof encoding === 'string' ? encoding : undefined,
            request.sink(headers),
            request.maxBytes,
            onInletEnd,
          )
        }
      },
      onResponseData(controller, chunk) {
        if (inlet !== undefined) {
          inlet.write(chunk)
          length += chunk.length
          if (length < BREATH_BYTES) return
          // What has arrived already would be read without a pause, and everything else would wait.
          length = 0
          controller.pause()
          setImmediate(() => controller.resume())
          return
        }
        length += chunk.length
        if (length <= request.maxBytes) return void chunks.push(chunk)
        settle({ kind: 'too_large' })
        controller.abort(GIVEN_UP)
      },
      onResponseEnd() {
        if (inlet !== undefined) return inlet.end()
        const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
        settle(
          answer === undefined
            ? { kind: 'broken', error: undefined, began: false }
            : { kind: 'answer', ...answer, body },
        )
      },
      onResponseError(_controller, error) {
        settle({ kind: 'broken', error, began: answer !== undefined })
      },
    }
    try {
      client.dispatch({ path: request.path, method: 'GET', headers: request.headers }, handler)
    } catch (error) {
      settle({ kind: 'broken', error, began: false })
    }
  })
}
