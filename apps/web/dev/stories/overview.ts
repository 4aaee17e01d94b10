import { grades } from '../made/grades.ts'
import { ide } from '../made/ide.ts'
import { marking } from '../made/marking.ts'
import { named } from '../made/named.ts'
import { odd } from '../made/odd.ts'
import { partlyStale } from '../made/stale.ts'
import { captions } from '../made/captions.ts'
import { waiting } from '../made/waiting.ts'
import { webui } from '../made/webui.ts'
import type { Story } from './story.ts'
import { allStates, fine, many, nothing, planned } from './worlds.ts'

const card = (system: string, state: string): string => `[data-system="${system}"][data-state="${state}"]`

/** `/`: is anything wrong, what, and since when. */
export const overview: readonly Story[] = [
  {
    id: 'overview/first-load',
    title: 'before the first answer',
    path: '/',
    world: { live: 'silent' },
    shows: '[aria-busy="true"]',
  },
  { id: 'overview/fine', title: 'everything is fine', path: '/', world: fine, shows: 'text=All 3 systems are fine' },
  { id: 'overview/demo', title: 'the demo', path: '/', world: { ...fine, demo: true }, shows: 'header >> text=Demo' },
  {
    id: 'overview/empty',
    title: 'nothing is watched',
    path: '/',
    world: nothing,
    shows: 'text=/nothing is watched yet/i',
  },
  {
    id: 'overview/all-states',
    title: 'one system of each state',
    path: '/',
    world: allStates,
    shows: card('webui', 'critical'),
  },
  {
    id: 'overview/critical',
    title: 'one system needs you',
    path: '/',
    world: { systems: (at) => [captions(at), webui(at)] },
    shows: 'text=1 system needs you',
  },
  {
    id: 'overview/warning',
    title: 'one system to watch',
    path: '/',
    world: { systems: (at) => [marking(at)] },
    shows: card('marking', 'warning'),
  },
  {
    id: 'overview/down',
    title: 'a system that is down',
    path: '/',
    world: { systems: (at) => [captions(at), grades(at)] },
    shows: 'text=The connection was refused',
  },
  {
    id: 'overview/unknown',
    title: 'a system that does not answer',
    path: '/',
    world: { systems: (at) => [ide(at), captions(at)] },
    shows: card('ide', 'unknown'),
  },
  {
    id: 'overview/starting',
    title: 'a system not yet heard from',
    path: '/',
    world: { systems: (at) => [waiting(at)] },
    shows: card('new', 'unknown'),
  },
  {
    id: 'overview/partly-stale',
    title: 'a second source is late',
    path: '/',
    world: { systems: (at) => [partlyStale(at)] },
    shows: '[data-stale="true"]',
  },
  {
    id: 'overview/trends-fail',
    title: 'the history cannot be had',
    path: '/',
    world: { ...allStates, refuses: (route) => (route === 'range' ? storeFailed : undefined) },
    act: [{ pass: 8_000 }],
    shows: card('webui', 'critical'),
    logs: /500/,
  },
  { id: 'overview/many', title: '200 systems', path: '/', world: many, shows: 'text=6 systems to watch' },
  { id: 'overview/names', title: 'trying names', path: '/', world: { systems: named }, shows: 'text=<img src=x' },
  {
    id: 'overview/odd-values',
    title: 'odd values',
    path: '/',
    world: { systems: (at) => [odd(at)] },
    shows: card('odd', 'ok'),
  },
  {
    id: 'overview/event',
    title: 'during a planned day',
    path: '/',
    world: { ...fine, planned },
    shows: card('captions', 'ok'),
  },
  {
    id: 'overview/filtered',
    title: 'some of many',
    path: '/?q=service&state=warning',
    world: many,
    shows: 'text=6 of 200 systems',
  },
  {
    id: 'overview/none-found',
    title: 'none is called so',
    path: '/?q=zebra',
    world: many,
    shows: 'text=0 of 200 systems',
  },
  {
    id: 'overview/viewer-empty',
    title: 'nothing is watched, seen by a viewer',
    path: '/',
    world: { ...nothing, role: 'viewer' },
    shows: 'text=Only an admin may try',
  },
  {
    id: 'overview/hover',
    title: 'pointing at a card',
    path: '/',
    world: allStates,
    act: [{ hover: '[data-system="captions"]' }],
    shows: card('captions', 'ok'),
  },
]

const storeFailed = {
  status: 500,
  code: 'store_failed',
  message: 'The store could not be read: disk I/O error. See the collector’s log.',
}
