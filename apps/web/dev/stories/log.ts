import { logged, logsLate } from '../made/logged.ts'
import type { Story, WorldPlan } from './story.ts'

const tutor: WorldPlan = { systems: (at) => [logged(at)] }
const EVIDENCE = '[data-flag="log-memory-error"] [data-pattern="memory-error"]'
const refused: WorldPlan['refuses'] = (route, query) =>
  route === 'events' && query.get('kind') === 'log'
    ? { status: 500, code: 'store_failed', message: 'The store could not be read: disk I/O error.' }
    : undefined

/** What the logs of a system say: the lines beside a flag, the good signs, and their marks on the time axis. */
export const log: readonly Story[] = [
  {
    id: 'system/log-lines',
    title: 'lines of the log beside the flag they raise',
    path: '/systems/tutor?range=1h',
    world: tutor,
    act: [{ scrollTo: '[data-sign]' }, { waitFor: '[data-sign] time' }],
    shows: `${EVIDENCE} li code`,
    whole: true,
  },
  {
    id: 'system/log-lines-all',
    title: 'all lines, and one in full',
    path: '/systems/tutor',
    world: tutor,
    act: [
      { click: `${EVIDENCE} summary` },
      { click: `${EVIDENCE} button[aria-expanded="false"]` },
      { scrollTo: EVIDENCE },
    ],
    shows: `${EVIDENCE} button[aria-expanded="true"]`,
    whole: true,
  },
  {
    id: 'system/log-lines-none',
    title: 'a pattern that was never found',
    path: '/systems/tutor',
    world: tutor,
    act: [{ click: '[data-flag="log-worker-timeout"] summary' }, { scrollTo: '[data-pattern="worker-timeout"]' }],
    shows: '[data-pattern="worker-timeout"] >> text=None was found in the last 7 days.',
  },
  {
    id: 'system/log-lines-fail',
    title: 'the lines of the log cannot be had',
    path: '/systems/tutor',
    world: { ...tutor, refuses: refused },
    act: [{ pass: 8_000 }],
    shows: `${EVIDENCE} >> text=The lines could not be had`,
    logs: /500/,
  },
  {
    id: 'system/log-lines-slow',
    title: 'the lines of the log do not come',
    path: '/systems/tutor',
    world: { ...tutor, refuses: (route) => (route === 'events' ? 'never' : undefined) },
    shows: `${EVIDENCE} [aria-busy="true"]`,
  },
  {
    id: 'system/log-late',
    title: 'a log can no longer be read',
    path: '/systems/tutor',
    world: { systems: (at) => [logsLate(at)] },
    act: [{ scrollTo: EVIDENCE }],
    shows: `${EVIDENCE} [data-late="app"]`,
    whole: true,
  },
]
