/** What came of a call: a student goes on either way, so a failure is a value. */
export type Outcome<Value> = { kind: 'ok'; value: Value } | { kind: 'failed'; reason: string }

/** How far a session's images are. */
export type Progress = { images: number; waiting: number }

const TIMEOUT_MS = 120_000

/** The service as a student's browser sees it, over real HTTP. Rejects only when `signal` is aborted. */
export class WorkshopClient {
  readonly #url: string
  readonly #signal: AbortSignal

  constructor(url: string, signal: AbortSignal) {
    this.#url = url
    this.#signal = signal
  }

  async join(name: string): Promise<Outcome<{ id: string }>> {
    return read(await this.#call('POST', '/sessions', { name }), (body) =>
      typeof body['id'] === 'string' ? { id: body['id'] } : undefined,
    )
  }

  async upload(id: string, images: readonly { name: string; data: string }[]): Promise<Outcome<void>> {
    const answer = await this.#call('POST', `/sessions/${id}/images`, { images })
    return answer.kind === 'ok' ? { kind: 'ok', value: undefined } : answer
  }

  async progress(id: string): Promise<Outcome<Progress>> {
    return read(await this.#call('GET', `/sessions/${id}`), ({ images, waiting }) =>
      typeof images === 'number' && typeof waiting === 'number' ? { images, waiting } : undefined,
    )
  }

  async export(id: string): Promise<Outcome<void>> {
    const answer = await this.#call('POST', `/sessions/${id}/export`, {})
    return answer.kind === 'ok' ? { kind: 'ok', value: undefined } : answer
  }

  async #call(method: 'GET' | 'POST', path: string, body?: object): Promise<Outcome<unknown>> {
    try {
      const response = await fetch(this.#url + path, {
        method,
        ...(body && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
      const value: unknown = await response.json()
      return response.ok ? { kind: 'ok', value } : { kind: 'failed', reason: `HTTP ${response.status}` }
    } catch (error) {
      this.#signal.throwIfAborted()
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
    }
  }
}

function read<Value>(
  answer: Outcome<unknown>,
  pick: (body: Record<string, unknown>) => Value | undefined,
): Outcome<Value> {
  if (answer.kind === 'failed') return answer
  const value = isRecord(answer.value) ? pick(answer.value) : undefined
  return value === undefined ? { kind: 'failed', reason: 'an unexpected body' } : { kind: 'ok', value }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
