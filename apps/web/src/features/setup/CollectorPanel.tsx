import type { JSX, ReactNode } from 'react'
import type { Status } from '@headroom/shared/contracts.ts'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { momentText } from '../../ui/format-time.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import type { Mark } from '../../ui/mark.ts'
import { useZone } from '../../ui/zone-context.ts'
import classes from './setup.module.css'

/** The configuration's state, the storage's, and the collector's own. */
export function CollectorPanel({ status }: { status: Status }): JSX.Element {
  const zone = useZone()
  const { store, config, self } = status
  return (
    <div className={classes.panels}>
      <Panel title="Configuration" mark={config.ok ? 'ok' : 'warning'} word={config.ok ? 'good' : 'not applied'}>
        {config.error !== undefined && (
          <p className={classes.problem}>{config.error} The last good configuration stays in use.</p>
        )}
        <Facts
          rows={[
            ['File', config.file ?? (status.demo ? 'the demo' : 'none: nothing is configured')],
            ['Systems', String(status.systems)],
            [
              'Sources',
              `${status.sources.ok} ok, ${status.sources.failing} failing, ${status.sources.pending} waiting`,
            ],
          ]}
        />
        <p className={classes.quiet}>
          {config.file === null && status.demo
            ? 'A headroom.yaml in the folder it is started in takes its place.'
            : 'Saved changes apply by themselves.'}
        </p>
      </Panel>
      <Panel
        title="Storage"
        mark={store.writable ? 'ok' : 'critical'}
        word={store.writable ? 'recording' : 'not recording'}
      >
        {store.problem !== undefined && <p className={classes.problem}>{store.problem}</p>}
        <Facts
          rows={[
            ['Kept in', store.kind],
            ['Size', `${numberText(store.bytes, 'bytes')} of at most ${numberText(store.maxBytes, 'bytes')}`],
            ['Samples', numberText(store.samples, 'count')],
            ['Since', store.oldestAt === null ? 'nothing yet' : momentText(store.oldestAt, status.now, zone)],
            ['Kept for', numberText(store.retainSeconds, 'seconds')],
          ]}
        />
      </Panel>
      <Panel title="Collector" mark="ok" word={`version ${status.version}`}>
        <Facts
          rows={[
            ['Running for', ageText(status.now - status.startedAt)],
            ['Looking on', status.viewers === 1 ? '1 viewer' : `${status.viewers} viewers`],
            ['Uses itself', `${numberText(self.cpuPercent, 'percent')} CPU, ${numberText(self.rssBytes, 'bytes')}`],
          ]}
        />
      </Panel>
    </div>
  )
}

function Panel({
  title,
  mark,
  word,
  children,
}: {
  title: string
  mark: Mark
  word: string
  children: ReactNode
}): JSX.Element {
  return (
    <section className={classes.panel} aria-label={title}>
      <h2>
        {title}
        <span className={classes.word}>
          <StateMark mark={mark} size={14} />
          {word}
        </span>
      </h2>
      {children}
    </section>
  )
}

function Facts({ rows }: { rows: [string, string][] }): JSX.Element {
  return (
    <dl className={classes.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
