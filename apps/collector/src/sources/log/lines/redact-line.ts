import { REDACTION_RULES } from './redaction-rules.ts'

/** The line without passwords, tokens, keys, e-mail addresses and the names of those who signed in. */
export function redactLine(line: string): string {
  return REDACTION_RULES.reduce((text, { pattern, by }) => text.replace(pattern, by), line)
}
