import type { NavigateOptions } from '@tanstack/react-router'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { browserClock } from '../../data/clock.ts'
import { setPreferences } from '../../data/preferences.ts'
import type { Preferences } from '../../data/preferences.ts'
import { stateRank, stateWord } from '../../data/system-words.ts'
import { metricGroups } from '../../features/system/metric-groups.ts'
import { RANGE_NAMES } from '../../features/system/view.ts'
import { zoneName } from '../../ui/format-time.ts'
import { openOverlay } from '../overlay-store.ts'
import { printPage } from '../print-page.ts'
import { SCREENS } from '../screens.ts'
import type { Item } from './item.ts'
import { reveal } from './reveal.ts'

/** Where an item can lead (done once one is there), and what time it is there. */
export type Go = { to: (options: NavigateOptions) => Promise<void>; now: () => number }

type Found = { systems: Item[]; charts: Item[]; flags: Item[] }

/** Every system, worst first, with its charts and its flags. */
export function systemItems(
  systems: readonly SystemView[],
  seriesOf: (system: string) => readonly SeriesView[],
  flags: readonly FlagView[],
  alerts: readonly Alert[],
  go: Go,
): Found {
  const sorted = systems.toSorted((a, b) => stateRank(stateWord(a)) - stateRank(stateWord(b)))
  return {
    systems: sorted.map((system) => ({
      id: `system:${system.id}`,
      kind: 'System',
      name: system.name,
      where: stateWord(system),
      words: [system.id, ...system.presets, system.band ?? ''].join(' '),
      mark: system.state,
      run: () => void go.to({ to: '/systems/$systemId', params: { systemId: system.id } }),
    })),
    charts: sorted.flatMap((system) => chartItems(system, seriesOf(system.id), go)),
    flags: flags.flatMap((flag) => {
      const system = systems.find(({ id }) => id === flag.system)
      const fires = alerts.some(
        (alert) => alert.state === 'firing' && alert.system === flag.system && alert.flag === flag.id,
      )
      return system === undefined ? [] : [flagItem(flag, system, fires, go)]
    }),
  }
}

function chartItems(system: SystemView, series: readonly SeriesView[], go: Go): Item[] {
  const { known, others } = metricGroups(series)
  return [...known, ...others].map(({ key, metric, title }) => ({
    id: `chart:${system.id}/${key}`,
    kind: 'Chart',
    name: title,
    where: system.name,
    words: `${metric} ${system.id}`,
    run: () => {
      const all = others.some((group) => group.key === key) ? { all: true } : {}
      const arrived = go.to({ to: '/systems/$systemId', params: { systemId: system.id }, search: all })
      reveal({ selector: on(system, `[data-metric="${CSS.escape(key)}"]`) }, arrived, browserClock)
    },
  }))
}

/** A selector that matches only once the screen of this system is there: others have flags and charts of the same name. */
function on(system: SystemView, selector: string): string {
  return `main:has(header[data-system="${CSS.escape(system.id)}"]) ${selector}`
}

/** Flags that no source supplies yet are folded away. */
const FOLDED_FLAGS = '[aria-labelledby="flags-title"] > details:not([open])'

function flagItem(flag: FlagView, system: SystemView, fires: boolean, go: Go): Item {
  return {
    id: `flag:${system.id}/${flag.id}`,
    kind: 'Flag',
    name: flag.title,
    where: `${system.name}, ${flag.severity}${fires ? ', firing' : ''}`,
    words: `${flag.id} ${flag.metric} ${system.id}`,
    ...(fires ? { mark: flag.severity } : {}),
    run: () => {
      const arrived = go.to({ to: '/systems/$systemId', params: { systemId: system.id } })
      const selector = on(system, `[data-flag="${CSS.escape(flag.id)}"]`)
      reveal({ selector, folds: on(system, FOLDED_FLAGS) }, arrived, browserClock)
    },
  }
}

export function screenItems(go: Go): Item[] {
  return SCREENS.map(({ to, name, key }) => ({
    id: `screen:${to}`,
    kind: 'Screen',
    name,
    key: SCREEN_KEYS[key],
    run: () => void go.to({ to }),
  }))
}

const SCREEN_KEYS = { overview: 'o', setup: 'u' } as const

const RANGE_WORDS = { '5m': '5 minutes', '15m': '15 minutes', '1h': 'hour', '3h': '3 hours', '1d': 'day' } as const

/** What can be done with the time that a system's screen shows; nothing elsewhere. */
export function viewItems(path: string, planned: readonly PlannedEvent[], go: Go): Item[] {
  const system = /^\/systems\/([^/]+)/.exec(path)?.[1]
  if (system === undefined) return []
  const params = { systemId: decodeURIComponent(system) }
  const show = (search: { range?: (typeof RANGE_NAMES)[number]; at?: number; event?: string }): void =>
    void go.to({ to: '/systems/$systemId', params, search, replace: true, resetScroll: false })
  return [
    {
      id: 'do:pause',
      kind: 'Do',
      name: 'Pause: let the charts stand still',
      words: 'stop freeze',
      key: 'p',
      run: () => show({ at: Math.round(go.now()) }),
    },
    { id: 'do:live', kind: 'Do', name: 'Back to live', words: 'resume now follow', run: () => show({}) },
    ...RANGE_NAMES.map((range): Item => ({
      id: `do:range-${range}`,
      kind: 'Do',
      name: `Show the last ${RANGE_WORDS[range]}`,
      words: `range ${range}`,
      run: () => show({ range }),
    })),
    ...planned
      .filter(
        (event) => event.startAt <= go.now() && (event.systems.length === 0 || event.systems.includes(params.systemId)),
      )
      .map((event): Item => ({
        id: `do:event-${event.id}`,
        kind: 'Do',
        name: `Show ${event.name}`,
        words: 'event day range',
        run: () => show({ event: event.id }),
      })),
  ]
}

/** What can be done wherever one is. */
export function pageItems(go: Go): Item[] {
  return [
    {
      id: 'do:watch',
      kind: 'Do',
      name: 'Watch something',
      words: 'new add system source address url try',
      run: () => void go.to({ to: '/watch' }),
    },
    {
      id: 'do:print',
      kind: 'Do',
      name: 'Print the whole screen',
      words: 'paper pdf',
      key: 'mod+p',
      run: () => printPage(browserClock),
    },
    {
      id: 'do:help',
      kind: 'Do',
      name: 'Help and keyboard',
      words: 'keys shortcuts shapes',
      key: '?',
      run: () => openOverlay('help'),
    },
  ]
}

/** Every choice there is, each by itself, and the place where they stand together. */
export function settingItems(chosen: Preferences): Item[] {
  const choice = (
    name: string,
    change: Partial<Omit<Preferences, 'version'>>,
    words: string,
    holds: boolean,
  ): Item => ({
    id: `set:${Object.entries(change).flat().join('-')}`,
    kind: 'Setting',
    name,
    words,
    chosen: holds,
    run: () => setPreferences(change),
  })
  const { scheme, density, zone, letters, announce } = chosen
  return [
    {
      id: 'do:settings',
      kind: 'Setting',
      name: 'Settings',
      words: 'preferences options',
      key: ',',
      run: () => openOverlay('settings'),
    },
    choice('Colours: light', { scheme: 'light' }, 'theme scheme day', scheme === 'light'),
    choice('Colours: dark', { scheme: 'dark' }, 'theme scheme night', scheme === 'dark'),
    choice('Colours: as the system', { scheme: 'auto' }, 'theme scheme auto', scheme === 'auto'),
    choice('Density: comfortable', { density: 'comfortable' }, 'size rows', density === 'comfortable'),
    choice('Density: compact', { density: 'compact' }, 'size rows dense', density === 'compact'),
    choice(`Times in ${zoneName('local')}`, { zone: 'local' }, 'zone local clock', zone === 'local'),
    choice('Times in UTC', { zone: 'utc' }, 'zone clock gmt', zone === 'utc'),
    letters
      ? choice('Switch keys without Ctrl off', { letters: false }, 'letters shortcuts', false)
      : choice('Switch keys without Ctrl on', { letters: true }, 'letters shortcuts', false),
    announce
      ? choice('Switch announcements off', { announce: false }, 'screen reader', false)
      : choice('Switch announcements on', { announce: true }, 'screen reader', false),
  ]
}
