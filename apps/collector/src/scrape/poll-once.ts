import type { Reading } from '@headroom/shared/model/reading.ts'
import type { Clock } from '../lib/clock.ts'
import type { PollSource } from '../sources/types.ts'
import type { Logger } from '../telemetry/logger.ts'

type Asked = Pick<PollSource, 'poll'>

export type Poll = {
  /** Never rejects. */
  reading: Promise<Reading>
  /** Resolves once the source has really let go, which a broken one may do long after its deadline. */
  settled: Promise<void>
  abort(): void
}

/** A source has this long after its deadline to say what it has; then it is spoken for. */
const GRACE_MS = 1_000

/**
 * Asks a source once, with a deadline. A source that throws, or does not stop when told to, gives a reading all the
 * same: nothing one source does may stop the others.
 */
export function pollOnce(source: () => Asked, timeoutMs: number, clock: Clock, log: Logger): Poll {
  const controller = new AbortController()
  let cancel = clock.after(timeoutMs, () => {
    controller.abort(new DOMException('deadline', 'TimeoutError'))
    cancel = clock.after(GRACE_MS, () =>
      overdue.resolve(failed('timeout', `gave nothing within ${timeoutMs / 1_000} s`, 0)),
    )
  })
  const overdue = Promise.withResolvers<Reading>()
  const answer = ask(source, controller.signal, log)
  const settled = answer.then(() => cancel())
  return {
    reading: Promise.race([answer, overdue.promise]),
    settled,
    abort: () => controller.abort(new DOMException('no longer asked', 'AbortError')),
  }
}

async function ask(source: () => Asked, signal: AbortSignal, log: Logger): Promise<Reading> {
  try {
    return await source().poll(signal)
  } catch (error) {
    return thrown(error, log)
  }
}

/** The reading of a source that threw. Its message may hold an address or a token; the place is enough to find it. */
export function thrown(error: unknown, log: Logger): Reading {
  const name = error instanceof Error ? error.name : typeof error
  const place = error instanceof Error ? /^\s*at .*$/m.exec(error.stack ?? '')?.[0].trim() : undefined
  log.log('error', 'a source threw', { error: name, ...(place === undefined ? {} : { place }) })
  return failed('internal', `the source failed inside Headroom (${name}); the log says where. Please report it`, null)
}

function failed(code: string, message: string, up: Reading['up']): Reading {
  return { up, error: { code, message }, points: [], texts: [], mapped: [], leftOut: 0 }
}
