import { parseArgs } from 'node:util'
import { didYouMean } from '../lib/nearest.ts'
import type { Command, OptionSpec, Words } from './types.ts'

export type WordsResult = { ok: true; words: Words } | { ok: false; message: string }

const HELP: OptionSpec = { type: 'boolean', short: 'h', help: 'Shows this.' }

/** Reads the words after a command's name. Says in one sentence what is wrong with them. */
export function readWords(args: readonly string[], command: Pick<Command, 'options' | 'positionals'>): WordsResult {
  const options: Record<string, OptionSpec> = { ...command.options, help: HELP }
  const { tokens } = parseArgs({
    args: [...args],
    options: parserOptions(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values: Record<string, string> = {}
  const switches = new Set<string>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const spec = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (spec === undefined) return unknownOption(token.rawName, options)
    if (spec.type === 'boolean') {
      if (token.value !== undefined) return { ok: false, message: `${token.rawName} takes no value` }
      switches.add(token.name)
      continue
    }
    if (token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('-'))) {
      return {
        ok: false,
        message: `${token.rawName} needs a value${spec.value === undefined ? '' : `: ${token.rawName} ${spec.value}`}`,
      }
    }
    if (values[token.name] !== undefined) return { ok: false, message: `${token.rawName} is given twice` }
    values[token.name] = token.value
  }
  if (switches.has('help')) return { ok: true, words: { values, switches, positionals } }
  const { least, most, name } = command.positionals
  if (positionals.length < least) return { ok: false, message: `${name} is missing` }
  if (positionals.length > most)
    return { ok: false, message: `${JSON.stringify(positionals[most])} is a word too many` }
  return { ok: true, words: { values, switches, positionals } }
}

function parserOptions(
  options: Readonly<Record<string, OptionSpec>>,
): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const entries = Object.entries(options).map(
    ([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }] as const,
  )
  return Object.fromEntries(entries)
}

function unknownOption(rawName: string, options: Readonly<Record<string, OptionSpec>>): WordsResult {
  const hint = didYouMean(
    rawName,
    Object.keys(options).map((name) => `--${name}`),
  )
  return { ok: false, message: `there is no option ${rawName}${hint === undefined ? '' : `; ${hint}`}` }
}
