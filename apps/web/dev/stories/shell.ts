import type { Story } from './story.ts'
import { allStates, configError, fine } from './worlds.ts'

/** The frame around every screen. */
export const shell: readonly Story[] = [
  {
    id: 'shell/disconnected',
    title: 'the collector is gone',
    path: '/',
    world: allStates,
    act: [{ hangUp: true }, { pass: 1_500 }, { pass: 3_000 }],
    shows: 'text=No connection to the collector',
    logs: /WebSocket|ERR_/,
  },
  {
    id: 'shell/disconnected-system',
    title: 'the collector is gone, on a system',
    path: '/systems/webui',
    world: allStates,
    act: [{ hangUp: true }, { pass: 1_500 }],
    shows: 'text=No connection to the collector',
    logs: /WebSocket|ERR_/,
  },
  {
    id: 'shell/never-connected',
    title: 'a collector that never answered',
    path: '/',
    world: { live: 'silent' },
    act: [{ pass: 7_000 }],
    shows: 'text=No connection to the collector',
    logs: /WebSocket|ERR_/,
  },
  {
    id: 'shell/not-recording',
    title: 'nothing can be recorded',
    path: '/',
    world: {
      ...allStates,
      notStored: 'The disk is full (0 bytes free on /data). Free some space; recording goes on by itself.',
    },
    shows: 'text=Not recording.',
  },
  {
    id: 'shell/config-error',
    title: 'a configuration that was not applied',
    path: '/',
    world: { ...fine, config: configError },
    shows: 'text=The configuration was not applied',
  },
  {
    id: 'shell/clock-off',
    title: 'the two clocks are five minutes apart',
    path: '/systems/captions',
    world: { ...fine, clockAheadMs: 5 * 60_000 },
    shows: 'header',
  },
  { id: 'shell/help', title: 'help', path: '/', world: fine, act: [{ press: '?' }], shows: 'dialog[open]' },
  {
    id: 'shell/not-found',
    title: 'an address that leads nowhere',
    path: '/nowhere',
    world: fine,
    shows: 'text=There is no such page',
  },
  {
    id: 'shell/keyboard',
    title: 'the focus by keyboard',
    path: '/',
    world: fine,
    act: [{ press: 'Tab' }],
    shows: 'text=Skip to content',
  },
]
