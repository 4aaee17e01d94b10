import { alignColumns } from '../lib/align-columns.ts'
import type { Command } from './types.ts'

/** The usage of one command: its call, what it does, its options. */
export function commandUsage(name: string, command: Command): string {
  const rows = Object.entries(command.options).map(([option, { short, value, help }]) => {
    const names = `${short === undefined ? '    ' : `-${short}, `}--${option}${value === undefined ? '' : ` ${value}`}`
    return [`  ${names}`, help]
  })
  const options = rows.length === 0 ? '' : `\n${alignColumns(rows)}`
  return `Usage: headroom ${name}${command.usage === '' ? '' : ` ${command.usage}`}\n\n${command.summary}\n${options}`
}

/** The usage of the program: its commands, one a line. */
export function programUsage(
  commands: Readonly<Record<string, Command>>,
  later: Readonly<Record<string, string>>,
): string {
  const rows = Object.entries(commands).map(([name, command]) => [
    `  ${name} ${command.usage}`.trimEnd(),
    command.summary,
  ])
  const laterRows = Object.entries(later).map(([name, summary]) => [`  ${name}`, summary])
  return [
    'Usage: headroom COMMAND [OPTIONS]',
    '',
    'Watches a live system on the day it matters and says how much room is left.',
    '',
    alignColumns(rows).trimEnd(),
    '',
    'Not in this version yet:',
    alignColumns(laterRows).trimEnd(),
    '',
    'headroom COMMAND --help says more; headroom --version says which this is.',
    '',
  ].join('\n')
}
