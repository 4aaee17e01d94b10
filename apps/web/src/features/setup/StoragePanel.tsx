import type { JSX } from 'react'
import type { Status } from '@headroom/shared/contracts.ts'
import { useServerNow } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { momentText } from '../../ui/format-time.ts'
import { Meter } from '../../ui/Meter.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { UsedOf } from '../../ui/UsedOf.tsx'
import { useZone } from '../../ui/zone-context.ts'
import { forecastWords } from './forecast-words.ts'
import { Facts, Panel } from './Panel.tsx'
import { forecast } from './storage-forecast.ts'
import classes from './setup.module.css'

/** What is kept: how much of what is allowed, for how long, and where that leads. */
export function StoragePanel({ store }: { store: Status['store'] }): JSX.Element {
  const ahead = forecast(store)
  const tight = ahead.kind === 'disk-full' && ahead.days < 7
  const mark = !store.writable ? 'critical' : tight ? 'warning' : store.problem === undefined ? 'ok' : 'info'
  return (
    <Panel title="Storage" mark={mark} word={store.writable ? 'recording' : 'not recording'}>
      {store.problem !== undefined && <p className={classes.problem}>{store.problem}</p>}
      <div className={classes.barHead}>
        <span>Used</span>
        <b>
          <UsedOf used={store.bytes} limit={store.maxBytes} unit="bytes" />
        </b>
      </div>
      <Meter percent={store.maxBytes > 0 ? (100 * store.bytes) / store.maxBytes : 100} />
      <p className={classes.quiet}>{forecastWords(ahead)}</p>
      <Facts
        rows={[
          [
            'Adds a day',
            store.bytesPerDay === null ? 'not known yet' : `about ${numberText(store.bytesPerDay, 'bytes')}`,
          ],
          ['Free on the disk', store.freeBytes === null ? 'not known' : numberText(store.freeBytes, 'bytes')],
          ['Kept for', numberText(store.retainSeconds, 'seconds')],
          ['Since', store.oldestAt === null ? 'nothing yet' : <Oldest key="since" at={store.oldestAt} />],
          ['Samples', numberText(store.samples, 'count')],
          ['Kept in', store.kind],
        ]}
      />
    </Panel>
  )
}

function Oldest({ at }: { at: number }): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  return (
    <>
      <Moment at={at}>{momentText(at, now, zone)}</Moment> ({ageText(now - at)} ago)
    </>
  )
}
