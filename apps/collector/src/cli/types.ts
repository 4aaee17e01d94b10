import type { Presets } from '../config/compile.ts'
import type { Env } from '../config/env.ts'
import type { SourceTable } from '../config/source-schema.ts'
import type { Clock } from '../lib/clock.ts'

/** What `headroom start` was asked to do, every default filled in; paths are absolute. */
export type StartOptions = {
  /** Null: the demo, which needs no file. */
  config: string | null
  host: string
  port: number
  data: string
  demo: boolean
  /** Where headroom.yaml is, or would be. */
  file: string
  /** Where everything is kept once there is such a file. */
  ownData: string
}

/** All that the commands touch of the world around them. */
export type CliDeps = {
  stdout(text: string): void
  stderr(text: string): void
  env: Env
  cwd: string
  version: string
  clock: Clock
  sources: SourceTable
  presets: Presets
  /** Runs the collector until it is told to stop. */
  start(options: StartOptions): Promise<number>
}

export type OptionSpec = {
  type: 'string' | 'boolean'
  short?: string
  /** How the value is called in the usage: FILE, DIR, ... */
  value?: string
  help: string
}

export type Words = {
  /** Options with a value, as given. */
  values: Readonly<Record<string, string>>
  /** Options without one, where given. */
  switches: ReadonlySet<string>
  positionals: readonly string[]
}

export type Command = {
  summary: string
  /** What stands after the command's name. */
  usage: string
  options: Readonly<Record<string, OptionSpec>>
  positionals: { least: number; most: number; name: string }
  run(words: Words, deps: CliDeps): Promise<number>
}
