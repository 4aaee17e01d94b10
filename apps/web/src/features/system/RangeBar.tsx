import { Button, SegmentedControl } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { usePreferences } from '../../data/preferences.ts'
import { useTimelineStore } from '../../data/use-timeline.ts'
import { clockText, dayText, zoneName } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import { FromTo } from './FromTo.tsx'
import { RANGES, RANGE_NAMES, viewOf } from './view-search.ts'
import type { RangeName, ViewSearch } from './view-search.ts'
import classes from './system.module.css'

const NAMES: Record<RangeName, string> = { '5m': '5 min', '15m': '15 min', '1h': '1 h', '3h': '3 h', '1d': '1 day' }

/** Which time is shown: a range up to now, one that stands still, or from a moment to a moment. It is all in the address. */
export function RangeBar({ system, search }: { system: SystemView; search: ViewSearch }): JSX.Element {
  const navigate = useNavigate()
  const timeline = useTimelineStore()
  const { letters } = usePreferences()
  const zone = useZone()
  const view = viewOf(search)
  const show = (next: Pick<ViewSearch, 'range' | 'at' | 'from' | 'to'>): void => {
    void navigate({
      to: '/systems/$systemId',
      params: { systemId: system.id },
      search: { ...next, ...(search.all === true ? { all: true } : {}) },
      replace: true,
      resetScroll: false,
    })
  }
  const range = search.range ?? '15m'
  const pause = (): void => show(view.kind === 'live' ? { range, at: Math.round(timeline.serverNow()) } : { range })
  useHotkeys(letters ? [['p', pause]] : [])
  const chosen = search.from !== undefined && search.to !== undefined ? '' : range
  return (
    <div className={classes.rangeBar}>
      <SegmentedControl
        size="xs"
        aria-label="Range"
        value={chosen}
        data={RANGE_NAMES.map((name) => ({ value: name, label: NAMES[name] }))}
        onChange={(value) => show({ range: RANGE_NAMES.find((name) => name === value) })}
      />
      <FromTo
        from={view.kind === 'fixed' ? view.from : timeline.serverNow() - RANGES[range]}
        to={view.kind === 'fixed' ? view.to : timeline.serverNow()}
        onApply={(from, to) => show({ from, to })}
      />
      <Button size="compact-sm" variant="default" onClick={pause} aria-pressed={view.kind === 'fixed'}>
        {view.kind === 'live' ? 'Pause' : 'Back to live'}
      </Button>
      <span className={classes.rangeWords}>
        {view.kind === 'live'
          ? `Times in ${zoneName(zone)}`
          : `Standing still: ${dayText(view.from, zone)}, ${clockText(view.from, zone, true)} to ${clockText(view.to, zone, true)} (${zoneName(zone)})`}
      </span>
    </div>
  )
}
