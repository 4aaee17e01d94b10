import type { Reading } from '@headroom/shared/model/reading.ts'
import type { Discovery, FoundSource, FoundSystem, Nothing } from './discover.ts'
import { mappedText } from './mapped-text.ts'
import { suggestPreset } from './recognise.ts'
import { alignColumns } from './table.ts'

/** So many values of a page are shown in the comments; `headroom check` shows them all. */
const MOST_SHOWN = 12

/** Writes headroom.yaml for what was found, with comments that say what may be added. */
export function configText(discovery: Discovery): string {
  return [HEADER, 'systems:', ...discovery.systems.map(systemText), ...discovery.nothing.map(nothingText), FOOTER].join(
    '\n',
  )
}

const HEADER = `# What Headroom watches. Saved changes apply without a restart.
# \${NAME} reads the environment; durations are 5s 2m 1h 30d, sizes 512MB 2GiB.
# \`headroom check\` tries all this and shows what was mapped to what; \`headroom schema\` prints its JSON Schema.
`

const FOOTER = `
# A planned day, shown on the time axis:
# event: { id: workshop, name: "Workshop", timezone: Europe/Amsterdam, start: "2026-11-25T09:00", end: "2026-11-25T12:00", people: 30 }

# How much is kept:
# storage: { retain: 30d, maxBytes: 5GiB }
`

function systemText(system: FoundSystem): string {
  const mapped = system.sources.flatMap(({ reading }) => reading.mapped)
  const suggestion = suggestPreset(mapped)
  const preset =
    suggestion === undefined
      ? '    # preset: a documented system whose limits and flags apply; web-service always does.'
      : `    # This looks like ${suggestion.preset} (it gives ${suggestion.because.join(', ')}). If it is, take the # away:\n    # preset: ${suggestion.preset}`
  return [
    `  - id: ${quote(system.id)}`,
    `    name: ${quote(system.id)} # what the screens call it`,
    preset,
    '    # limits: { sessions: 100, memory: 2GiB }   # how much there is; overrides what the system reports',
    '    sources:',
    ...system.sources.map((source) => sourceText(source, system.sources.length > 1)),
    '    # flags:   # adds to the preset, or by the same id overrides it; off: true removes',
    '    #   - { id: memory-high, metric: memory.used_percent, above: 85, for: 30s, severity: warning }',
  ].join('\n')
}

function sourceText({ id, endpoint, reading }: FoundSource, several: boolean): string {
  const query = Object.entries(endpoint.query).map(([key, value]) => `${quote(key)}: ${quote(value)}`)
  return [
    '      - type: http-json',
    ...(several ? [`        id: ${quote(id)}`] : []),
    `        url: ${quote(endpoint.url)}`,
    ...(query.length === 0 ? [] : [`        query: { ${query.join(', ')} }`]),
    '        every: 5s',
    gaveText(reading),
  ].join('\n')
}

/** What the page gave, as comments; whoever reads the file sees at once whether it was understood. */
function gaveText(reading: Reading): string {
  const rows = reading.mapped
    .filter(({ how }) => how !== 'ignored')
    .toSorted((a, b) => Number(b.how === 'known') - Number(a.how === 'known'))
    .map((mapped) => [`        #   ${oneLine(mapped.path)}`, ...mappedText(mapped, reading).map(oneLine)])
  if (rows.length === 0) return '        # It gave no numbers: only whether it answers, and how fast, is kept.'
  const more = rows.length > MOST_SHOWN ? `        #   and ${rows.length - MOST_SHOWN} more\n` : ''
  return `        # It gave:\n${alignColumns(rows.slice(0, MOST_SHOWN))}${more}`.trimEnd()
}

function nothingText({ tried }: Nothing): string {
  return tried.map(({ url, reason }) => `  # gave nothing: ${oneLine(url)} (${oneLine(reason)})`).join('\n')
}

/** A comment ends with its line, whatever the page's text holds. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 120)
}

/** Text as YAML: bare where it is surely plain text, else as JSON, which is YAML too. */
function quote(text: string): string {
  return /^[a-z][a-z0-9-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/.test(text) ? text : JSON.stringify(text)
}
