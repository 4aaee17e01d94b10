import { redactLine } from './redact-line.ts'

/** So many characters of a line are shown. */
const SHOWN = 400
/** Colours and the like, which terminals understand and nobody wants to read. */
// oxlint-disable-next-line no-control-regex -- they are what this takes out
const TERMINAL = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\uFFFD]+/gu
/** With a larger share of what is no text, it is no line of text. */
const BINARY_SHARE = 0.3

/** The beginning of a line, as people may read it: text only, without secrets, and not too long; `length` in bytes. */
export function showLine(bytes: Buffer, length: number): string {
  const text = bytes.toString('utf8').replaceAll(TERMINAL, '').replaceAll('\t', ' ')
  const odd = [...text.matchAll(UNPRINTABLE)].reduce((sum, [run]) => sum + run.length, 0)
  if (odd > BINARY_SHARE * text.length) return `(binary, ${size(length)})`
  // Secrets first: what is cut off in the middle may no longer look like one.
  const clean = redactLine(text.replaceAll(UNPRINTABLE, '·')).trim()
  const cut = length > bytes.length || clean.length > SHOWN
  return cut ? `${clean.slice(0, SHOWN).toWellFormed()}… (a line of ${size(length)}, cut)` : clean
}

function size(bytes: number): string {
  if (bytes < 1_024) return `${bytes} bytes`
  return bytes < 2 ** 20 ? `${(bytes / 1_024).toFixed(1)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
