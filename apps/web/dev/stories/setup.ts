import { manySeries } from '../made/crowded.ts'
import { namedThroughout } from '../made/named.ts'
import { waiting } from '../made/waiting.ts'
import type { Story } from './story.ts'
import { allStates, configError, fine, many, nothing, planned } from './worlds.ts'

const failed = {
  status: 500,
  code: 'store_failed',
  message: 'The store could not be read: disk I/O error. See the collector’s log.',
}

/** `/setup`: what is watched and how. */
export const setup: readonly Story[] = [
  {
    id: 'setup/first-load',
    title: 'before the first answer',
    path: '/setup',
    world: { live: 'silent' },
    shows: 'main [aria-hidden="true"][style*="height"]',
  },
  { id: 'setup/fine', title: 'all is well', path: '/setup', world: fine, shows: 'text=sessions.active', whole: true },
  {
    id: 'setup/failing',
    title: 'sources that fail',
    path: '/setup',
    world: allStates,
    act: [{ click: 'summary >> text=Web UI' }],
    shows: 'text=PostgreSQL refused the password',
    whole: true,
  },
  {
    id: 'setup/starting',
    title: 'a source not yet heard from',
    path: '/setup',
    world: { systems: (at) => [waiting(at)] },
    shows: 'text=New system',
  },
  {
    id: 'setup/empty',
    title: 'nothing is configured',
    path: '/setup',
    world: nothing,
    shows: 'text=/nothing is configured/i',
  },
  {
    id: 'setup/config-error',
    title: 'a file that was not applied',
    path: '/setup',
    world: { ...fine, config: configError },
    shows: 'text=/line 14/ >> visible=true',
  },
  {
    id: 'setup/not-recording',
    title: 'a full disk',
    path: '/setup',
    world: {
      ...fine,
      notStored: 'The disk is full (0 bytes free on /data). Free some space; recording goes on by itself.',
      store: { freeBytes: 0 },
    },
    shows: 'text=not recording',
  },
  {
    id: 'setup/late',
    title: 'a collector that cannot keep up',
    path: '/setup',
    world: { ...fine, self: { cpuPercent: 97, commitP99Ms: 940, latenessP99Ms: 3_200, dropped: 1_204 } },
    shows: 'text=version 0.1.0',
  },
  {
    id: 'setup/mapping-fails',
    title: 'what was mapped cannot be had',
    path: '/setup',
    world: { ...fine, refuses: (route) => (route === 'mapping' ? failed : undefined) },
    act: [{ pass: 8_000 }],
    shows: 'text=The mapping could not be had',
    logs: /500/,
  },
  {
    id: 'setup/status-fails',
    title: 'the collector’s own state cannot be had',
    path: '/setup',
    world: { ...fine, refuses: (route) => (route === 'status' ? failed : undefined) },
    act: [{ pass: 4_000 }],
    shows: 'text=could not be had',
    logs: /500/,
  },
  {
    id: 'setup/viewer',
    title: 'seen by a viewer',
    path: '/setup',
    world: { ...fine, role: 'viewer' },
    shows: 'text=sessions.active',
  },
  {
    id: 'setup/many-values',
    title: 'a document of 300 numbers',
    path: '/setup',
    world: { systems: (at) => [manySeries(at)] },
    shows: 'text=Show all 301',
  },
  { id: 'setup/many', title: '200 systems', path: '/setup', world: many, shows: 'text=Service 0' },
  {
    id: 'setup/names',
    title: 'trying names everywhere',
    path: '/setup',
    world: { systems: (at) => [namedThroughout(at)] },
    shows: 'text=cpu.used_percent',
    whole: true,
  },
  {
    id: 'setup/planned',
    title: 'planned days',
    path: '/setup',
    world: { ...fine, planned },
    shows: 'text=sessions.active',
  },
]
