import { DAY, MINUTE } from '@headroom/shared/time.ts'
import { captions } from '../made/captions.ts'
import { manyAlerts, manyFlags, manySeries } from '../made/crowded.ts'
import { namedThroughout } from '../made/named.ts'
import { odd } from '../made/odd.ts'
import { partlyStale } from '../made/stale.ts'
import { waiting } from '../made/waiting.ts'
import { week } from '../made/week.ts'
import type { Refusal, Story, WorldPlan } from './story.ts'
import { allStates, fine, planned } from './worlds.ts'

const storeFailed = {
  status: 500,
  code: 'store_failed',
  message: 'The store could not be read: disk I/O error. See the collector’s log.',
}
const workshop: WorldPlan = { systems: (at) => [captions(at)] }
const chart = (metric: string): string => `[data-metric="${metric}"]`
const drawn = '[data-metric] [data-drawn]'
const firing = '[data-standing="firing"]'
/** The numbers of the memory series of the workshop. */
const MEMORY = new Set(['4', '5'])
/** Only the history of memory is refused: the other charts must know nothing of it. */
const ofMemory =
  (refusal: Refusal): NonNullable<WorldPlan['refuses']> =>
  (route, query) => {
    const series = (query.get('series') ?? '').split(',')
    return route === 'range' && series.some((id) => MEMORY.has(id)) ? refusal : undefined
  }

/** `/systems/ID`: one system, its room, its flags, and what it said over time. */
export const system: readonly Story[] = [
  {
    id: 'system/first-load',
    title: 'before the first answer',
    path: '/systems/captions',
    world: { live: 'silent' },
    shows: '[aria-busy="true"]',
  },
  { id: 'system/fine', title: 'all is well', path: '/systems/captions', world: fine, shows: drawn, whole: true },
  {
    id: 'system/critical',
    title: 'a critical and a warning flag fire, one is held',
    path: '/systems/webui',
    world: allStates,
    shows: firing,
    whole: true,
  },
  {
    id: 'system/warning',
    title: 'a warning flag fires',
    path: '/systems/marking',
    world: allStates,
    shows: firing,
    whole: true,
  },
  { id: 'system/down', title: 'it is down', path: '/systems/grades', world: allStates, shows: firing, whole: true },
  {
    id: 'system/unknown',
    title: 'it does not answer',
    path: '/systems/ide',
    world: allStates,
    shows: '[data-mark="unknown"]',
    whole: true,
  },
  {
    id: 'system/starting',
    title: 'it has not been heard from',
    path: '/systems/new',
    world: { systems: (at) => [waiting(at)] },
    shows: 'h1 >> text=New system',
  },
  {
    id: 'system/missing',
    title: 'there is no such system',
    path: '/systems/caption',
    world: fine,
    shows: 'text=No system called',
  },
  {
    id: 'system/partly-stale',
    title: 'a second source is late',
    path: '/systems/webui',
    world: { systems: (at) => [partlyStale(at)] },
    shows: 'text=/stale/',
    whole: true,
  },
  {
    id: 'system/chart-fails',
    title: 'the history of one chart cannot be had',
    path: '/systems/captions',
    world: { ...workshop, refuses: ofMemory(storeFailed) },
    act: [{ scrollTo: chart('memory.used_percent') }, { pass: 8_000 }],
    differs: 'which chart asks again first, in the seconds that pass, is not said, nor how often they have to pass',
    shows: 'text=The history could not be had',
    logs: /500/,
  },
  {
    id: 'system/all-fails',
    title: 'nothing but the live values can be had',
    path: '/systems/captions',
    world: { ...workshop, refuses: () => storeFailed },
    act: [{ pass: 8_000 }],
    shows: 'text=The history could not be had',
    logs: /500/,
  },
  {
    id: 'system/viewer',
    title: 'seen by a viewer',
    path: '/systems/captions',
    world: { ...workshop, role: 'viewer' },
    shows: drawn,
  },
  {
    id: 'system/event',
    title: 'during a planned day',
    path: '/systems/captions?range=1h',
    world: { ...workshop, planned },
    shows: drawn,
    whole: true,
  },
  { id: 'system/demo', title: 'in the demo', path: '/systems/captions', world: { ...fine, demo: true }, shows: drawn },
  {
    id: 'system/many-series',
    title: '300 series of one metric',
    path: '/systems/farm',
    world: { systems: (at) => [manySeries(at)] },
    shows: drawn,
    whole: true,
  },
  {
    id: 'system/many-alerts',
    title: '5,000 alerts and 120 notes',
    path: '/systems/flapping?range=3h',
    world: { systems: (at) => [manyAlerts(at)] },
    shows: drawn,
    whole: true,
  },
  {
    id: 'system/many-flags',
    title: '40 flags on one chart',
    path: '/systems/lined',
    world: { systems: (at) => [manyFlags(at)] },
    shows: drawn,
    whole: true,
  },
  {
    id: 'system/names',
    title: 'trying names everywhere',
    path: '/systems/named',
    world: { systems: (at) => [namedThroughout(at)] },
    shows: drawn,
    whole: true,
  },
  {
    id: 'system/odd-values',
    title: 'odd values',
    path: '/systems/odd?all=true',
    world: { systems: (at) => [odd(at)] },
    shows: drawn,
    whole: true,
  },
  {
    id: 'system/nothing-recorded',
    title: 'nothing was recorded in the window',
    path: (start) => `/systems/captions?from=${start - 400 * DAY}&to=${start - 400 * DAY + 15 * MINUTE}`,
    world: workshop,
    shows: 'text=/nothing/i',
    whole: true,
  },
  {
    id: 'system/paused',
    title: 'the range stands still',
    path: (start) => `/systems/captions?range=5m&at=${start - 4 * MINUTE}`,
    world: workshop,
    shows: drawn,
  },
  {
    id: 'system/zoomed',
    title: 'from one moment to another',
    path: (start) => `/systems/captions?from=${start - 11 * MINUTE}&to=${start - 6 * MINUTE}`,
    world: workshop,
    shows: drawn,
  },
  { id: 'system/day', title: 'a whole day', path: '/systems/captions?range=1d', world: workshop, shows: drawn },
  {
    id: 'system/week',
    title: 'several days, with what happened in each',
    path: (start) => `/systems/captions?from=${start - 6 * DAY}&to=${start}`,
    world: { systems: (at) => [week(at)] },
    shows: drawn,
  },
  {
    id: 'system/all-values',
    title: 'every value, also those without a place',
    path: '/systems/captions?all=true',
    world: workshop,
    shows: drawn,
    whole: true,
  },
  {
    id: 'system/history-slow',
    title: 'the history does not come',
    path: '/systems/captions',
    world: { ...workshop, refuses: (route) => (route === 'range' ? 'never' : undefined) },
    shows: '[data-metric] [aria-busy="true"]',
  },
  {
    id: 'system/event-range',
    title: 'the range of a planned day',
    path: '/systems/captions?event=wed',
    world: { ...workshop, planned },
    shows: drawn,
    whole: true,
  },
  {
    id: 'system/last-answer',
    title: 'what a source answered last',
    path: '/systems/webui',
    world: allStates,
    act: [{ click: '[data-source="pg"] >> text=Last answer' }],
    shows: '[data-source="pg"] pre',
  },
  {
    id: 'system/table',
    title: 'a chart as a table',
    path: '/systems/captions',
    world: workshop,
    act: [{ scrollTo: chart('sessions.active') }, { click: 'role=button[name="Sessions as a table"]' }],
    shows: `${chart('sessions.active')} table`,
  },
  {
    id: 'system/hover',
    title: 'pointing at a chart',
    path: '/systems/captions',
    world: workshop,
    act: [
      { scrollTo: chart('sessions.active') },
      { waitFor: `${chart('sessions.active')} [role="slider"]` },
      { hover: `${chart('sessions.active')} [role="slider"]`, at: [0.6, 0.4] },
    ],
    shows: drawn,
  },
  {
    id: 'system/event-window',
    title: 'a planned day as the window',
    path: '/systems/captions?event=wed',
    world: { ...workshop, planned },
    shows: drawn,
    whole: true,
  },
  {
    id: 'system/choosing',
    title: 'a span is being chosen',
    path: '/systems/captions',
    world: workshop,
    act: [
      { scrollTo: chart('sessions.active') },
      { waitFor: `${chart('sessions.active')} [role="slider"]` },
      { click: `${chart('sessions.active')} [role="slider"]` },
      { press: 'End' },
      { press: 'Shift+PageDown' },
      { press: 'Shift+PageDown' },
      { press: 'Shift+PageDown' },
    ],
    shows: '[role="slider"][aria-valuetext*="chosen"]',
  },
  {
    id: 'system/copy-menu',
    title: 'what can be taken along of a chart',
    path: '/systems/captions',
    world: workshop,
    act: [
      { scrollTo: chart('sessions.active') },
      { click: 'role=button[name="Copy or save Sessions"]' },
      { waitFor: 'role=menu' },
    ],
    shows: 'role=menuitem[name="Copy values (CSV)"]',
  },
  {
    id: 'system/series-table',
    title: '300 series as a table',
    path: '/systems/farm',
    world: { systems: (at) => [manySeries(at)] },
    act: [
      { scrollTo: chart('cpu.used_percent') },
      { click: `${chart('cpu.used_percent')} button[aria-pressed]` },
      { waitFor: `${chart('cpu.used_percent')} table` },
    ],
    shows: `${chart('cpu.used_percent')} table`,
  },
  {
    id: 'system/flag-open',
    title: 'a firing flag with its document',
    path: '/systems/webui',
    world: allStates,
    act: [{ click: '[data-flag="too-few-workers"] summary' }],
    shows: '[data-flag="too-few-workers"] blockquote',
  },
]
