import { manySeries } from '../made/crowded.ts'
import { namedThroughout } from '../made/named.ts'
import { waiting } from '../made/waiting.ts'
import type { Story } from './story.ts'
import { allStates, configError, fine, many, nothing } from './worlds.ts'

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
    id: 'setup/config-warnings',
    title: 'a file that was applied, with warnings',
    path: '/setup',
    world: {
      ...fine,
      config: {
        problems: [
          {
            severity: 'warning',
            path: 'systems[0].sources[0].insecure',
            message: 'certificates are not checked',
            line: 9,
          },
          { severity: 'warning', path: 'access', message: 'has no effect in this version yet', line: 31, column: 1 },
        ],
      },
    },
    shows: 'text=certificates are not checked',
  },
  {
    id: 'setup/disk-fills',
    title: 'the disk will be full in days',
    path: '/setup',
    world: { ...fine, store: { bytesPerDay: 900 * 2 ** 20, freeBytes: 3 * 2 ** 30 } },
    shows: 'text=/full/',
  },
  {
    id: 'setup/searching',
    title: 'one of 200 systems is looked for',
    path: '/setup',
    world: many,
    act: [{ fill: 'main >> role=searchbox', with: 'service 19' }],
    shows: 'text=Service 190',
  },
  {
    id: 'setup/none-found',
    title: 'none is called so',
    path: '/setup',
    world: many,
    act: [{ fill: 'main >> role=searchbox', with: 'zebra' }],
    shows: 'main >> text=/zebra/',
  },
  {
    id: 'setup/last-answer',
    title: 'what a source answered last',
    path: '/setup',
    world: fine,
    act: [{ click: 'text=Last answer' }],
    shows: 'main pre',
  },
  {
    id: 'setup/correct',
    title: 'what a value is taken for is corrected',
    path: '/setup',
    world: fine,
    act: [{ click: 'role=button[name="Correct config_batch_size"]' }],
    shows: 'text=It is a metric',
  },
  {
    id: 'setup/corrected',
    title: 'the lines of a correction',
    path: '/setup',
    world: fine,
    act: [
      { click: 'role=button[name="Correct config_batch_size"]' },
      { click: 'text=Leave it out' },
      { click: 'role=button[name="Add to the lines"]' },
    ],
    shows: 'main pre >> text=config_batch_size',
  },
]
