import { useEffect, useState } from 'react'
import type { JSX, RefObject } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { browserClock } from '../../data/clock.ts'
import { useTimelineStore } from '../../data/use-timeline.ts'
import { ActionMenu } from '../../ui/ActionMenu.tsx'
import { useZone } from '../../ui/zone-context.ts'
import type { CopyForm } from './copy-chart.ts'
import type { MetricGroup } from './metric-groups.ts'
import { takeChart } from './take-chart.ts'
import type { Shown } from './use-metric-chart.ts'
import classes from './charts.module.css'

type Props = {
  group: MetricGroup
  system: SystemView
  shown: RefObject<Shown | null>
  live: boolean
}

const NAMES: Record<CopyForm, string> = { png: 'picture (PNG)', svg: 'drawing (SVG)', csv: 'values (CSV)' }
const FORMS = ['png', 'svg', 'csv'] as const
const SAID_MS = 6_000

/** A chart to take along: on the clipboard, or as a file. The code for it comes when it is first asked for. */
export function CopyChart({ group, system, shown, live }: Props): JSX.Element {
  const timeline = useTimelineStore()
  const zone = useZone()
  const [said, setSaid] = useState('')
  useEffect(
    () => (said === '' || said === WORKING ? undefined : browserClock.after(SAID_MS, () => setSaid(''))),
    [said],
  )
  const take = async (form: CopyForm, where: 'clipboard' | 'file'): Promise<void> => {
    const what = shown.current
    if (what === null) return setSaid('Nothing is drawn yet')
    setSaid(WORKING)
    const now = timeline.serverNow()
    // A live window reaches a moment ahead, of which there is nothing to take along yet.
    const input = live ? { ...what.input, to: Math.min(what.input.to, now) } : what.input
    const about = { ...what, input, group, system, zone, now }
    const made = import('./copy-chart.ts').then(({ chartFile }) => chartFile(about, form))
    try {
      setSaid(await takeChart(made, form, where))
    } catch (error) {
      setSaid(`Not done: ${error instanceof Error ? error.message : 'the reason is not known'}`)
    }
  }
  return (
    <div className={classes.copy}>
      <ActionMenu
        label={`Copy or save ${group.title}`}
        icon={<span className={classes.copyIcon} />}
        groups={[
          {
            key: 'copy',
            actions: FORMS.map((form) => ({ name: `Copy ${NAMES[form]}`, act: () => void take(form, 'clipboard') })),
          },
          {
            key: 'save',
            actions: FORMS.map((form) => ({ name: `Save ${NAMES[form]}`, act: () => void take(form, 'file') })),
          },
        ]}
      />
      <span role="status" className={said === '' ? 'visually-hidden' : classes.said}>
        {said}
      </span>
    </div>
  )
}

const WORKING = 'One moment…'
