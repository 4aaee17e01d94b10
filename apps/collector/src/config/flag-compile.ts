import type { Compare, Flag, FlagDefinition, FlagKind, When } from '@headroom/shared/model/flag.ts'
import { MINUTE } from '@headroom/shared/time.ts'
import { COMPARES } from './flag-override.ts'
import type { Finding } from './problem.ts'

/** What a count looks back over where nothing is said. */
const COUNT_WINDOW = MINUTE

export type FlagOutcome = { flag: Flag } | { findings: Finding[] }

/** Fills in a flag's defaults, or says why it makes no sense. Paths start at the flag. */
export function compileFlag(system: string, definition: FlagDefinition): FlagOutcome {
  const { metric } = definition
  const kind = kindOf(definition)
  const line = lineOf(definition, kind)
  const findings = [
    ...(metric === undefined ? [missingMetric(definition.id)] : []),
    ...('finding' in line ? [line.finding] : []),
    ...nonsense(definition, kind),
  ]
  if (metric === undefined || 'finding' in line || findings.length > 0) return { findings }
  const window = definition.window ?? (kind === 'count' ? COUNT_WINDOW : undefined)
  return {
    flag: {
      id: definition.id,
      system,
      metric,
      labels: definition.labels ?? {},
      over: definition.over ?? 'each',
      kind,
      compare: line.compare,
      line: line.line,
      hold: definition.for ?? { ms: 0 },
      severity: definition.severity ?? 'warning',
      title: definition.title ?? titleOf(definition.id),
      steps: definition.steps ?? [],
      when: whenOf(definition),
      why: definition.why ?? ownWhy(line),
      ...(definition.clear === undefined ? {} : { clear: definition.clear }),
      ...(definition.of === undefined ? {} : { of: definition.of }),
      ...(window === undefined ? {} : { windowMs: window }),
      ...(definition.say === undefined ? {} : { say: definition.say }),
      ...(definition.previous === undefined ? {} : { previous: definition.previous }),
      ...(definition.notAfterDeploy === undefined ? {} : { notAfterDeployMs: definition.notAfterDeploy }),
    },
  }
}

/** Said plainly it is what was said; else `of` makes a share, and all others are thresholds. */
function kindOf(flag: FlagDefinition): FlagKind {
  return flag.kind ?? (flag.of === undefined ? 'threshold' : 'share')
}

type Line = { compare: Compare; line: number }

/** Kinds that make sense without a line: one restart, silence, anything missing. */
const DEFAULT_LINES: Partial<Record<FlagKind, Line>> = {
  change: { compare: 'atLeast', line: 1 },
  absent: { compare: 'atLeast', line: 1 },
  missing: { compare: 'above', line: 0 },
}

function lineOf(flag: FlagDefinition, kind: FlagKind): Line | { finding: Finding } {
  const lines = COMPARES.flatMap((compare) => (flag[compare] === undefined ? [] : [{ compare, line: flag[compare] }]))
  const [first, second] = lines
  if (second !== undefined)
    return {
      finding: {
        path: [],
        key: second.compare,
        message: 'a flag has one line',
        hint: `keep one of ${COMPARES.join(', ')}`,
      },
    }
  const line = first ?? DEFAULT_LINES[kind]
  if (line === undefined)
    return { finding: { path: [], message: 'the flag has no line', hint: `add one of ${COMPARES.join(', ')}` } }
  return line
}

function missingMetric(id: string): Finding {
  return { path: [], message: 'metric is missing', hint: `the preset has no flag ${JSON.stringify(id)} to override` }
}

function nonsense(flag: FlagDefinition, kind: FlagKind): Finding[] {
  const ofNeeded = kind === 'share' || kind === 'missing'
  const whens = flag.when === undefined ? [] : [flag.when].flat()
  return [
    ...(ofNeeded && flag.of === undefined
      ? [
          {
            path: [],
            message: `a flag of kind ${kind} needs \`of\``,
            hint: 'limit:RESOURCE, tested:RESOURCE, or a metric',
          },
        ]
      : []),
    ...(!ofNeeded && flag.of !== undefined
      ? [
          {
            path: [],
            key: 'of',
            message: `\`of\` means nothing to a flag of kind ${kind}`,
            hint: 'it belongs to share and missing',
          },
        ]
      : []),
    ...(kind !== 'change' && flag.previous !== undefined ? [onlyChange('previous')] : []),
    ...(kind !== 'change' && flag.notAfterDeploy !== undefined ? [onlyChange('notAfterDeploy')] : []),
    ...(kind === 'change' && (flag.atLeast ?? 1) > 1 && flag.window === undefined
      ? [{ path: [], message: 'more than one change needs a `window` to count them in', hint: 'such as window: 45m' }]
      : []),
    ...wrongSide(flag),
    ...whens.flatMap((when, index) => whenFindings(when, Array.isArray(flag.when) ? ['when', index] : ['when'])),
  ]
}

function onlyChange(key: string): Finding {
  return { path: [], key, message: `\`${key}\` means something to flags of kind change only` }
}

function wrongSide(flag: FlagDefinition): Finding[] {
  const up = flag.above ?? flag.atLeast
  const down = flag.below ?? flag.atMost
  const wrong =
    flag.clear !== undefined && ((up !== undefined && flag.clear > up) || (down !== undefined && flag.clear < down))
  return wrong
    ? [
        {
          path: ['clear'],
          message: 'it would clear while the line is still crossed',
          hint: 'put clear on the good side of the line',
        },
      ]
    : []
}

function whenFindings(when: When, path: (string | number)[]): Finding[] {
  const said =
    when.rising !== undefined || when.falling !== undefined || COMPARES.some((compare) => when[compare] !== undefined)
  return said
    ? []
    : [{ path, message: 'the condition has no line', hint: `add one of ${COMPARES.join(', ')}, rising, falling` }]
}

function whenOf(flag: FlagDefinition): Flag['when'] {
  return flag.when === undefined ? [] : [flag.when].flat()
}

const SIGNS: Readonly<Record<Compare, string>> = { above: '>', below: '<', atLeast: '>=', atMost: '<=' }

function ownWhy(line: Line): Flag['why'] {
  return {
    text: 'from your configuration',
    document: 'headroom.yaml',
    figure: `${SIGNS[line.compare]} ${line.line}`,
    ours: true,
  }
}

/** `memory-high` is "Memory high". */
function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
