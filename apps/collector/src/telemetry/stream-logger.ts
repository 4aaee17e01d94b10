import type { Clock } from '../lib/clock.ts'
import type { LogFields, Logger, LogLevel } from './logger.ts'

const RANK: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

/**
 * Writes one readable line per message: time, level, message, fields. Every line passes `redact`, the last
 * gate before a secret could leave the collector.
 */
export function createLogger(options: {
  clock: Clock
  write: (line: string) => void
  redact: (text: string) => string
  level?: LogLevel
  fields?: LogFields
}): Logger {
  const { clock, write, redact, level = 'info', fields = {} } = options
  return {
    log(at, message, more = {}) {
      if (RANK[at] < RANK[level]) return
      const all = Object.entries({ ...fields, ...more }).filter(([, value]) => value !== undefined)
      const tail = all
        .map(([key, value]) => ` ${key}=${typeof value === 'string' ? JSON.stringify(value) : value}`)
        .join('')
      write(redact(`${new Date(clock.now()).toISOString()} ${at.padEnd(5)} ${message}${tail}\n`))
    },
    with: (more) => createLogger({ ...options, fields: { ...fields, ...more } }),
  }
}
