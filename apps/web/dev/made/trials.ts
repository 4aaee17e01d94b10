import type { Mapped, Trial, TriedSource } from '@headroom/shared/model/trial.ts'
import { METRICS } from '@headroom/shared/metrics.ts'
import { linesOf } from './added.ts'
import { NAMES } from './named.ts'

const NO_FILE: Trial['file'] = { path: '/srv/headroom/headroom.yaml', exists: false, writable: true }
const FILE: Trial['file'] = { path: '/srv/headroom/headroom.yaml', exists: true, writable: false }

const value = (path: string, metric: keyof typeof METRICS, given: number): Mapped => ({
  path,
  metric,
  unit: METRICS[metric].unit,
  value: given,
  labels: {},
  how: 'known',
})
const own = (path: string, given: number): Mapped => ({
  path,
  metric: path,
  unit: 'none',
  value: given,
  labels: {},
  how: 'own path',
})

const KNOWN = [
  value('sessions.active', 'sessions.active', 12),
  value('sessions.max_allowed', 'sessions.limit', 100),
  value('system.cpu_percent', 'cpu.used_percent', 21.4),
  value('system.memory_percent', 'memory.used_percent', 34.1),
  value('uptime_seconds', 'uptime.seconds', 5_412),
]

const gave = (place: string, mapped: Mapped[], leftOut = 0): TriedSource => ({
  type: 'http-json',
  place,
  tookSeconds: 0.132,
  mapped,
  leftOut,
})
const gaveNothing = (place: string, code: string, message: string, tookSeconds = 0.021): TriedSource => ({
  type: 'http-json',
  place,
  tookSeconds,
  error: { code, message },
  mapped: [],
  leftOut: 0,
})

const at = (path: string, url: string): string => new URL(path, url).href

/** An app whose health page is recognised; another of the usual addresses has none. */
export function found(url: string): Trial {
  const system = { id: 'my-app', name: 'my-app.example.com', preset: 'workshop-on-render' }
  return {
    ok: true,
    tried: [
      gave(at('/health', url), [...KNOWN, own('build.number', 4711)]),
      gaveNothing(at('/metrics', url), 'not_found', 'It answers 404: nothing is there.'),
    ],
    suggestion: { ...system, presetWhy: 'It gives sessions with a limit of 100, as the caption workshop does.' },
    lines: linesOf({ ...system, url: at('/health', url) }),
    secrets: [],
    file: NO_FILE,
  }
}

/** The same where a file is there already: its lines are to be added by hand. */
export function foundBesideFile(url: string): Trial {
  const trial = found(url)
  // A file that has its list of systems already takes the entry alone.
  return { ...trial, lines: trial.lines.replace('systems:\n', ''), file: FILE }
}

/** An address whose token must not be written down. */
export function foundWithSecret(url: string): Trial {
  const plain = found(url)
  return {
    ...plain,
    secrets: ['MY_APP_TOKEN'],
    file: FILE,
    lines: plain.lines.replace('/health"', '/health", query: { token: "${MY_APP_TOKEN}" }'),
  }
}

/** More than anybody wants to read, under names that nobody recognises. */
export function foundMuch(url: string): Trial {
  const many = Array.from({ length: 300 }, (_, index) =>
    own(`workers.${index}.${NAMES.unbroken.slice(0, 40)}.depth`, index),
  )
  return {
    ...found(url),
    tried: [gave(at('/health', url), [...KNOWN, own(NAMES.html, 1), own(NAMES.rightToLeft, 2), ...many], 48)],
  }
}

/** Nobody is there, or somebody who says nothing of use. */
export function foundNothing(url: string): Trial {
  return {
    ok: false,
    tried: [
      gaveNothing(
        url,
        'refused',
        'The connection was refused: nothing listens at the address. Check the port, and that the app runs.',
      ),
      gaveNothing(
        at('/health', url),
        'html',
        'It answers a web page where JSON was expected: perhaps a page to sign in at. Give it a token with `bearer:`.',
      ),
      gaveNothing(at('/stats', url), 'timeout', 'No answer within 4 s.', 4),
    ],
    lines: '',
    secrets: [],
    file: NO_FILE,
  }
}
