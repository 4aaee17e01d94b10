import { didYouMean } from '../lib/nearest.ts'
import { check } from './check.ts'
import { init } from './init.ts'
import { LATER_COMMANDS } from './later.ts'
import { schema } from './schema.ts'
import { start } from './start.ts'
import type { CliDeps, Command } from './types.ts'
import { commandUsage, programUsage } from './usage.ts'
import { readWords } from './words.ts'

/** Every command of this version. */
export const COMMANDS: Readonly<Record<string, Command>> = { start, check, init, schema }

/** Runs one call of `headroom`; `argv` is what stands after the program's name. Gives the exit code. */
export async function runCli(argv: readonly string[], deps: CliDeps): Promise<number> {
  const [name, ...rest] = argv
  if (name === '--version' || name === '-v') {
    deps.stdout(`headroom ${deps.version}\n`)
    return 0
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    deps.stdout(programUsage(COMMANDS, LATER_COMMANDS))
    return 0
  }
  if (name === undefined) return wrong('a command is missing', programUsage(COMMANDS, LATER_COMMANDS), deps)
  if (Object.hasOwn(LATER_COMMANDS, name)) {
    deps.stderr(`headroom ${name}: not in this version yet\n`)
    return 1
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) return unknownCommand(name, deps)
  return runCommand(name, command, rest, deps)
}

async function runCommand(name: string, command: Command, rest: readonly string[], deps: CliDeps): Promise<number> {
  const read = readWords(rest, command)
  if (!read.ok) return wrong(`${name}: ${read.message}`, commandUsage(name, command), deps)
  if (read.words.switches.has('help')) {
    deps.stdout(commandUsage(name, command))
    return 0
  }
  return command.run(read.words, deps)
}

function unknownCommand(name: string, deps: CliDeps): number {
  const what = name.startsWith('-') ? 'option' : 'command'
  const known = what === 'option' ? ['--help', '--version'] : [...Object.keys(COMMANDS), ...Object.keys(LATER_COMMANDS)]
  const hint = didYouMean(name, known)
  const message = `there is no ${what} ${JSON.stringify(name)}${hint === undefined ? '' : `; ${hint}`}`
  return wrong(message, programUsage(COMMANDS, LATER_COMMANDS), deps)
}

function wrong(message: string, usage: string, deps: CliDeps): 2 {
  deps.stderr(`headroom: ${message}\n\n${usage}`)
  return 2
}
