import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { systemFreshness } from '../../data/freshness.ts'
import { useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { momentText } from '../../ui/format-time.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { sentence } from '../../ui/sentence.ts'
import { useZone } from '../../ui/zone-context.ts'
import { AlertWords } from './AlertWords.tsx'
import { useCardNow } from './use-card-now.ts'
import classes from './overview.module.css'

type Props = { system: SystemView; alerts: readonly Alert[]; seen: boolean }

/** What is wrong and since when, or that nothing is, in words. */
export function CardWords({ system, alerts, seen }: Props): JSX.Element {
  const problem = system.sources.find((source) => source.state === 'failing')?.error
  const silent = system.state === 'unknown' || system.down
  return (
    <div className={classes.words}>
      <AlertWords system={system} alerts={alerts} seen={seen} />
      {system.state === 'unknown' && <UnknownWords system={system} seen={seen} />}
      {silent && problem !== undefined && (
        <p className={classes.since}>
          <CodeText text={sentence(problem.message)} />
        </p>
      )}
      {alerts.length === 0 && system.state === 'ok' && (
        <p className={classes.since}>
          {system.band === undefined ? 'Nothing is flagged.' : `Nothing is flagged. Band: ${system.band}.`}
        </p>
      )}
    </div>
  )
}

function UnknownWords({ system, seen }: { system: SystemView; seen: boolean }): JSX.Element {
  const now = useCardNow(seen)
  const zone = useZone()
  const timeline = useTimelineStore()
  const fresh = systemFreshness(system, (source) => timeline.answeredAt(system.id, source), now)
  return <p className={classes.wrong}>{words()}</p>

  function words(): string {
    switch (fresh.kind) {
      case 'stale':
        return `No answer for ${ageText(now - fresh.at)}, the last at ${momentText(fresh.at, now, zone)}`
      case 'never':
        return 'It has not answered yet'
      case 'pending':
        return 'Waiting for its first answer'
      case 'fresh':
        return 'It answers again; its state follows'
    }
  }
}
