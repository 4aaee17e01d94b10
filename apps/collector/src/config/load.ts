import { readFile, stat } from 'node:fs/promises'
import { compile, type Compiled, type Presets } from './compile.ts'
import { flagProblems } from './flag-problems.ts'
import { crossChecks } from './cross-checks.ts'
import { MAX_BYTES, parseYaml, type ParsedYaml } from './document.ts'
import { explain } from './explain.ts'
import { configJsonSchema } from './json-schema.ts'
import type { Finding, Problem } from './problem.ts'
import { isRecord } from './record.ts'
import { configSchema, type Config } from './schema.ts'
import { literalSecrets, Secrets } from './secrets.ts'
import type { SourceTable } from './source-schema.ts'

export type LoadInput = {
  /** The environment, for `${NAME}`. */
  lookup: (name: string) => string | undefined
  sources: SourceTable
  presets: Presets
}

export type LoadResult =
  | {
      ok: true
      config: Config
      compiled: Compiled
      secrets: Secrets
      /** Those secrets that are a token by their place, and not merely a value from the environment. */
      credentials: Secrets
      warnings: Problem[]
    }
  | { ok: false; problems: Problem[]; secrets: Secrets }

/** Reads the text of headroom.yaml: the whole configuration, or everything that is wrong with it. */
export function loadConfig(text: string, input: LoadInput): LoadResult {
  const tables = { sources: input.sources, presets: [...input.presets.keys()] }
  const parsed = parseYaml(text.replace(/^\uFEFF/, ''), input.lookup)
  const literal = literalSecrets(parsed.value)
  const secrets = new Secrets([...parsed.fromEnvironment, ...literal])
  if (!parsed.readable) return { ok: false, problems: tidy(parsed.problems, secrets), secrets }
  const read = configSchema(tables).safeParse(parsed.value)
  const findings = [
    ...(read.error === undefined ? [] : explain(read.error.issues, configJsonSchema(tables), parsed.value)),
    ...crossChecks(parsed.value),
  ]
  const compiled = compile({ systems: read.success ? read.data.systems : [] }, input.presets)
  const senseless = read.success ? compiled.problems : flagProblems(parsed.value, input.presets)
  const placed = [...findings, ...senseless].map(parsed.place)
  const problems = [...parsed.problems, ...withoutMissing(placed, parsed.problems)]
  if (!read.success || problems.length > 0) return { ok: false, problems: tidy(problems, secrets), secrets }
  const warnings = [...compiled.warnings, ...notYet(read.data, parsed)].map(parsed.place)
  return {
    ok: true,
    config: read.data,
    compiled,
    secrets,
    credentials: new Secrets(literal),
    warnings: tidy(warnings, secrets),
  }
}

/** Reads headroom.yaml from a file. A file that cannot be read is a problem like any other. */
export async function loadConfigFile(file: string, input: LoadInput): Promise<LoadResult> {
  const text = await readConfigText(file)
  if ('problem' in text) return { ok: false, problems: [text.problem], secrets: new Secrets() }
  return loadConfig(text.text, input)
}

export const NO_FILE = 'there is no such file'

/** The text of a configuration file, or why there is none. */
export async function readConfigText(file: string): Promise<{ text: string } | { problem: Problem }> {
  const problem = (message: string, hint: string): { problem: Problem } => ({
    problem: { line: 1, column: 1, path: '', message, hint },
  })
  try {
    const info = await stat(file)
    if (info.isDirectory()) return problem('this is a folder', 'name the file in it')
    if (info.size > MAX_BYTES)
      return problem('the file is larger than 1 MiB', 'a configuration is a few hundred lines at most')
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)) }
  } catch (error) {
    if (error instanceof TypeError) return problem('the file is not UTF-8 text', 'save it as UTF-8')
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT') return problem(NO_FILE, 'write one with `npm run headroom -- init URL`')
    return problem(`the file cannot be read (${code})`, 'check its permissions')
  }
}

/** A configuration as it may be shown: plain data without any secret. */
export function printableConfig(config: Config, secrets: Secrets): unknown {
  return secrets.redactDeep(config)
}

/** A missing variable leaves an empty text behind; what the schema says about that would only repeat it. */
function withoutMissing(problems: readonly Problem[], known: readonly Problem[]): Problem[] {
  return problems.filter((problem) => !known.some((other) => other.path !== '' && other.path === problem.path))
}

function tidy(problems: readonly Problem[], secrets: Secrets): Problem[] {
  const once = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
  const sorted = once.toSorted((a, b) => a.line - b.line || a.column - b.column)
  return sorted.map((problem) => ({
    ...problem,
    message: secrets.redact(problem.message),
    ...(problem.hint === undefined ? {} : { hint: secrets.redact(problem.hint) }),
  }))
}

/** What the schema takes and this version does nothing with yet. Said, so that nobody relies on it. */
function notYet(config: Config, parsed: ParsedYaml): Finding[] {
  const given = (key: string): boolean => isRecord(parsed.value) && parsed.value[key] !== undefined
  return [
    ...(config.notify.length > 0
      ? [{ path: [], key: 'notify', message: 'notifications have no effect in this version yet' }]
      : []),
    ...(given('access')
      ? [
          {
            path: [],
            key: 'access',
            message: 'access has no effect in this version yet: only this machine can connect',
          },
        ]
      : []),
    ...config.systems.flatMap((system, index) =>
      system.actions.length === 0
        ? []
        : [{ path: ['systems', index], key: 'actions', message: 'actions have no effect in this version yet' }],
    ),
  ]
}
