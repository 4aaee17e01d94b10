import { type LoadInput, loadConfig } from './config/load.ts'
import { watchConfig } from './config/watch.ts'
import { problemLines } from './live-config.ts'
import type { Clock } from './lib/clock.ts'
import type { Logger } from './telemetry/logger.ts'

/**
 * Waits beside the demo for a headroom.yaml that was not there, whoever writes it, and says when one can be used. One
 * that cannot is spoken of, and the demo goes on.
 */
export function awaitConfig(
  file: string,
  parts: { input: LoadInput; clock: Clock; log: Logger; found: () => void },
): Disposable {
  const { input, clock, log, found } = parts
  return watchConfig(file, {
    clock,
    text: null,
    load: (text) => loadConfig(text, input),
    onResult: (result) => {
      if (result.ok) found()
      else log.log('warn', `${file} cannot be used, so the demo goes on:\n${problemLines(file, result.problems)}`)
    },
  })
}
