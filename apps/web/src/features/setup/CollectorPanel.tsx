import type { JSX } from 'react'
import type { Status } from '@headroom/shared/contracts.ts'
import { useServerNow } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { momentText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { useZone } from '../../ui/zone-context.ts'
import { healthOf, worstHealth } from './collector-health.ts'
import { Facts, Panel } from './Panel.tsx'
import classes from './setup.module.css'

const FOR_PROGRAMS = [
  { href: '/metrics', name: '/metrics', about: 'every newest value, for Prometheus' },
  { href: '/api/v1/openapi.json', name: 'openapi.json', about: 'the interface, as OpenAPI' },
  { href: '/api/v1/config/schema', name: 'config/schema', about: 'headroom.yaml, as JSON Schema for editors' },
]

/** How well the collector itself does: what it costs, whether it keeps up, and where programs find it. */
export function CollectorPanel({ status }: { status: Status }): JSX.Element {
  const health = healthOf(status.self)
  return (
    <Panel title="Collector" mark={worstHealth(health)} word={`version ${status.version}`}>
      <ul className={classes.health}>
        {health.map(({ name, value, word, mark, about }) => (
          <li key={name} data-health={name} data-mark={mark}>
            <span title={about}>{name}</span>
            <b>{value}</b>
            <span className={classes.healthWord}>
              <StateMark mark={mark} size={12} />
              {word}
            </span>
          </li>
        ))}
      </ul>
      <Facts
        rows={[
          ['Running for', <Uptime key="up" since={status.startedAt} />],
          ['Looking on', status.viewers === 1 ? '1 viewer' : `${status.viewers} viewers`],
        ]}
      />
      <p className={classes.quiet}>For programs:</p>
      <ul className={classes.programs}>
        {FOR_PROGRAMS.map(({ href, name, about }) => (
          <li key={href}>
            <a href={href}>{name}</a> <span>{about}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Uptime({ since }: { since: number }): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  return (
    <>
      {ageText(now - since)} (since <Moment at={since}>{momentText(since, now, zone)}</Moment>)
    </>
  )
}
