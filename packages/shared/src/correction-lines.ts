import type { Correction, Corrections } from './model/correction.ts'

/** How deep the options of a source stand in a file as `headroom init` writes it. */
const INDENT = '        '
/** Words that YAML takes for something other than text. */
const NOT_TEXT = /^(?:true|false|null|yes|no|on|off|y|n)$/i

/**
 * What a source's corrections are as lines of headroom.yaml. In `lines` each option has its own, to stand under the
 * source's other options; in `braces` they go into a source written as `{ type: http-json, url: ... }`. Empty where
 * nothing is corrected.
 */
export function correctionLines({ map, ignore }: Corrections, style: 'lines' | 'braces'): string {
  const entries = Object.entries(map).map(([path, correction]) => `${JSON.stringify(path)}: ${corrected(correction)}`)
  const paths = ignore.map((path) => quoted(path)).join(', ')
  if (style === 'braces')
    return [
      ...(entries.length === 0 ? [] : [`map: { ${entries.join(', ')} }`]),
      ...(ignore.length === 0 ? [] : [`ignore: [${paths}]`]),
    ].join(', ')
  return [
    ...(entries.length === 0 ? [] : [`${INDENT}map:`, ...entries.map((entry) => `${INDENT}  ${entry}`)]),
    ...(ignore.length === 0 ? [] : [`${INDENT}ignore: [${paths}]`]),
  ].join('\n')
}

/** The metric's name alone where nothing else is said of the path. */
function corrected({ metric, unit, kind, label }: Correction): string {
  const more = [
    ...(unit === undefined ? [] : [`unit: ${quoted(unit)}`]),
    ...(kind === undefined ? [] : [`kind: ${kind}`]),
    ...(label === undefined ? [] : [`label: ${plain(label)}`]),
  ]
  return more.length === 0 ? plain(metric) : `{ ${[`metric: ${plain(metric)}`, ...more].join(', ')} }`
}

/** A name is plain text in YAML, but for a few words. */
function plain(name: string): string {
  return NOT_TEXT.test(name) ? JSON.stringify(name) : name
}

/** Any text, safe in YAML and from being read as a variable: JSON is YAML, and `$${` stands for a plain `${`. */
function quoted(text: string): string {
  return JSON.stringify(text.replaceAll('${', () => '$${'))
}
