import { useState } from 'react'
import type { JSX } from 'react'
import type { MappingView } from '@headroom/shared/contracts.ts'
import type { SourceView, SystemView } from '@headroom/shared/model/system.ts'
import { sourceFreshness } from '../../data/freshness.ts'
import { isSimulated } from '../../data/demo.ts'
import { useServerNow, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { MappingTable } from './MappingTable.tsx'
import { useMapping } from './queries.ts'
import classes from './setup.module.css'

/** A system's sources with what each answered; opened, what was mapped to what. */
export function SystemSources({ system, open }: { system: SystemView; open: boolean }): JSX.Element {
  const [opened, setOpened] = useState(open)
  const demo = useTimeline((timeline) => timeline.demo)
  const mapping = useMapping(system.id, opened)
  return (
    <details className={classes.system} open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <StateMark mark={system.state} size={14} />
        <b>
          <bdi>{system.name}</bdi>
        </b>
        {isSimulated(system, demo) && <span className={classes.quiet}>demo</span>}
        <span className={classes.quiet}>{system.presets.length === 0 ? 'no preset' : system.presets.join(', ')}</span>
      </summary>
      {opened &&
        system.sources.map((source) => (
          <Source
            key={source.id}
            system={system.id}
            source={source}
            mapping={mapping.data?.find((each) => each.source === source.id)}
            waiting={mapping.isPending}
            problem={mapping.error?.message}
          />
        ))}
    </details>
  )
}

type SourceProps = {
  system: string
  source: SourceView
  mapping: MappingView | undefined
  waiting: boolean
  problem: string | undefined
}

function Source({ system, source, mapping, waiting, problem }: SourceProps): JSX.Element {
  return (
    <div className={classes.source}>
      <h3>
        {source.id}
        <span className={classes.quiet}>{source.type}</span>
      </h3>
      <SourceWords system={system} source={source} />
      {source.error !== undefined && (
        <p className={classes.problem}>
          {source.error.message} <code>{source.error.code}</code>
        </p>
      )}
      {waiting && <Skeleton height={60} />}
      {problem !== undefined && mapping === undefined && (
        <p className={classes.problem}>The mapping could not be had: {problem}</p>
      )}
      {mapping !== undefined && mapping.mapped.length > 0 && <MappingTable mapping={mapping} />}
      {mapping !== undefined && mapping.mapped.length === 0 && (
        <p className={classes.quiet}>Nothing has been mapped from it yet.</p>
      )}
    </div>
  )
}

function SourceWords({ system, source }: { system: string; source: SourceView }): JSX.Element {
  const now = useServerNow()
  const timeline = useTimelineStore()
  const fresh = sourceFreshness(source, timeline.answeredAt(system, source.id), now)
  return (
    <p className={classes.quiet}>
      {source.state}
      {'at' in fresh ? `, last ok ${ageText(now - fresh.at)} ago` : ', no answer yet'}, asked every{' '}
      {numberText(source.everySeconds, 'seconds')}
      {source.tookSeconds !== null && `, took ${numberText(source.tookSeconds, 'seconds')}`}
      {source.leftOut > 0 && `, ${source.leftOut} series left out`}
    </p>
  )
}
