import type { Reading } from '@headroom/shared/model/reading.ts'
import { alignColumns } from '../lib/align-columns.ts'
import type { Discovery, FoundSource, FoundSystem, Nothing } from './discover.ts'
import { mappedText } from './mapped-text.ts'
import { suggestPreset, type Suggestion } from './recognise.ts'

/** So many values of a page are shown in the comments; `headroom check` shows them all. */
const MOST_SHOWN = 12

/** Writes headroom.yaml for what was found, with comments that say what may be added. */
export function configText({ systems, nothing }: Discovery): string {
  return fileText([...systems.map((system) => systemText(foundSystem(system))), ...nothing.map(nothingText)])
}

/** A whole headroom.yaml around these systems. */
export function fileText(systems: readonly string[]): string {
  return [HEADER, 'systems:', ...systems, FOOTER].join('\n')
}

/** A system to be written: the lines of its sources, and what to say about a preset. */
export type SystemLines = {
  id: string
  name: string
  /** Chosen by somebody. */
  preset?: string | undefined
  /** What it looks like, as a comment. */
  suggestion?: Suggestion | undefined
  sources: readonly string[]
}

/** A system that was found, as it would be written. */
export function foundSystem({ id, sources }: FoundSystem): SystemLines {
  return {
    id,
    name: id,
    suggestion: suggestPreset(sources.flatMap(({ reading }) => reading.mapped)),
    sources: sources.map((source) => foundSource(source, sources.length > 1)),
  }
}

const HEADER = `# What Headroom watches. Saved changes apply without a restart.
# \${NAME} reads the environment; durations are 5s 2m 1h 30d, sizes 512MB 2GiB.
# \`npm run headroom -- check\` tries all this and shows what was mapped to what; \`-- schema\` prints its JSON Schema.
`

const FOOTER = `
# A planned day, shown on the time axis:
# event: { id: workshop, name: "Workshop", timezone: Europe/Amsterdam, start: "2026-11-25T09:00", end: "2026-11-25T12:00", people: 30 }

# How much is kept:
# storage: { retain: 30d, maxBytes: 5GiB }
`

/** The lines of one entry of `systems:`. */
export function systemText({ id, name, preset, suggestion, sources }: SystemLines): string {
  return [
    `  - id: ${quote(id)}`,
    // `$${` stands for a plain `${`: a name reads no variable.
    `    name: ${quote(name.replaceAll('${', () => '$${'))} # what the screens call it`,
    preset === undefined ? presetHint(suggestion) : `    preset: ${quote(preset)}`,
    '    # limits: { sessions: 100, memory: 2GiB }   # how much there is; overrides what the system reports',
    '    sources:',
    ...sources,
    '    # flags:   # adds to the preset, or by the same id overrides it; off: true removes',
    '    #   - { id: memory-high, metric: memory.used_percent, above: 85, for: 30s, severity: warning }',
  ].join('\n')
}

function presetHint(suggestion: Suggestion | undefined): string {
  if (suggestion === undefined)
    return '    # preset: a documented system whose limits and flags apply; web-service always does.'
  return `    # This looks like ${suggestion.preset} (it gives ${suggestion.because.join(', ')}). If it is, take the # away:\n    # preset: ${suggestion.preset}`
}

function foundSource({ id, kind, endpoint, reading }: FoundSource, several: boolean): string {
  const { url, query } = endpoint
  const options = {
    ...(several ? { id } : {}),
    url,
    ...(Object.keys(query).length === 0 ? {} : { query }),
    // A source of many series keeps its own, longer interval.
    ...(kind === 'http-json' ? { every: '5s' } : {}),
  }
  return sourceText(kind, options, reading)
}

/** The lines of one entry of `sources:`, and where it was asked, what it gave as comments. */
export function sourceText(type: string, options: Readonly<Record<string, unknown>>, reading?: Reading): string {
  return [
    `      - type: ${quote(type)}`,
    ...Object.entries(options).map(([key, value]) => `        ${quote(key)}: ${inFlow(value)}`),
    ...(reading === undefined ? [] : [gaveText(reading)]),
  ].join('\n')
}

/** What the page gave, as comments; whoever reads the file sees at once whether it was understood. */
function gaveText(reading: Reading): string {
  const failing =
    reading.error === undefined ? '' : `        # Failing as this was written: ${oneLine(reading.error.message)}`
  const rows = reading.mapped
    .filter(({ how }) => how !== 'ignored')
    .toSorted((a, b) => Number(b.how === 'known') - Number(a.how === 'known'))
    .map((mapped) => [`        #   ${oneLine(mapped.path)}`, ...mappedText(mapped, reading).map(oneLine)])
  if (rows.length === 0)
    return failing || '        # It gave no numbers: only whether it answers, and how fast, is kept.'
  const more = rows.length > MOST_SHOWN ? `        #   and ${rows.length - MOST_SHOWN} more\n` : ''
  const gave = `        # It gave:\n${alignColumns(rows.slice(0, MOST_SHOWN))}${more}`.trimEnd()
  return failing === '' ? gave : `${failing}\n${gave}`
}

function nothingText({ tried }: Nothing): string {
  return tried.map(({ url, reason }) => `  # gave nothing: ${oneLine(url)} (${oneLine(reason)})`).join('\n')
}

/** A comment ends with its line, whatever the page's text holds. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 120)
}

/** A value on one line of YAML. */
function inFlow(value: unknown): string {
  if (typeof value === 'string') return /^\d+(ms|[smhd])$/.test(value) ? value : quote(value)
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).map(([key, entry]) => `${quote(key)}: ${inFlow(entry)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

/** Text as YAML: bare where it is surely plain text, else as JSON, which is YAML too. */
function quote(text: string): string {
  return /^[a-z][a-z0-9-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/.test(text) ? text : JSON.stringify(text)
}
