export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type LogFields = Record<string, string | number | boolean | null | undefined>

/** Structured log lines. Messages and fields never hold a secret: redaction happens where secrets are known. */
export type Logger = {
  log(level: LogLevel, message: string, fields?: LogFields): void
  /** The same logger with fields added to every line. */
  with(fields: LogFields): Logger
}

export const silentLogger: Logger = {
  log: () => undefined,
  with: () => silentLogger,
}
