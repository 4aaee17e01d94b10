import { useRef, useState } from 'react'
import type { JSX } from 'react'
import type { MappingView } from '@headroom/shared/contracts.ts'
import type { AskedView } from '@headroom/shared/model/asked.ts'
import type { SourceView } from '@headroom/shared/model/system.ts'
import { sourceFreshness } from '../../data/freshness.ts'
import { useServerNow, useTimelineStore } from '../../data/use-timeline.ts'
import { FailedPart } from '../../ui/FailedPart.tsx'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { clockText, momentText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { useZone } from '../../ui/zone-context.ts'
import { CorrectionBlock } from './CorrectionBlock.tsx'
import { useDraft } from './drafts.ts'
import { LastAnswer } from './LastAnswer.tsx'
import { MappingTable } from './MappingTable.tsx'
import classes from './setup.module.css'

type Props = {
  system: string
  source: SourceView
  search: string
  mapping: MappingView | undefined
  pending: boolean
  error: Error | null
  retry: () => void
  asked: AskedView | undefined
}

const MARKS = { ok: 'ok', failing: 'unknown', pending: 'info' } as const

/** One source: how it is doing, where each of its numbers went, and what is to be corrected of that. */
export function SourceBlock({ system, source, search, mapping, pending, error, retry, asked }: Props): JSX.Element {
  const draft = useDraft(system, source.id)
  const corrections = asked?.corrections
  const block = useRef<HTMLElement>(null)
  return (
    <div className={classes.source} data-setup-source={source.id}>
      <h3>
        <StateMark mark={MARKS[source.state]} size={14} />
        <bdi>{source.id}</bdi>
        {source.id !== source.type && <span className={classes.quiet}>{source.type}</span>}
      </h3>
      <SourceWords system={system} source={source} asked={asked} />
      {source.error !== undefined && (
        <p className={classes.problem}>
          {source.error.message} <code>{source.error.code}</code>
        </p>
      )}
      <Answered system={system} source={source.id} />
      {pending && <Skeleton height={60} />}
      {error !== null && <FailedPart what="The mapping" error={error} retry={retry} />}
      {mapping !== undefined && mapping.mapped.length > 0 && (
        <MappingTable
          mapping={mapping}
          search={search}
          corrections={corrections}
          draft={draft}
          onLines={() => block.current?.focus()}
        />
      )}
      {!pending && error === null && (mapping === undefined || mapping.mapped.length === 0) && (
        <p className={classes.quiet}>Nothing has been mapped from it yet.</p>
      )}
      {corrections !== undefined && (
        <CorrectionBlock ref={block} system={system} source={source.id} inForce={corrections} draft={draft} />
      )}
    </div>
  )
}

function Answered({ system, source }: { system: string; source: string }): JSX.Element {
  const [opened, setOpened] = useState(false)
  return (
    <details className={classes.answered} open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>Last answer</summary>
      {opened && <LastAnswer system={system} source={source} />}
    </details>
  )
}

function SourceWords({ system, source, asked }: Pick<Props, 'system' | 'source' | 'asked'>): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  const timeline = useTimelineStore()
  const fresh = sourceFreshness(source, timeline.answeredAt(system, source.id), now)
  const next = source.state === 'failing' ? asked?.nextAt : undefined
  return (
    <p className={classes.quiet}>
      {source.state === 'pending' ? 'waiting' : source.state}
      {'at' in fresh ? (
        <>
          , last ok {ageText(now - fresh.at)} ago (
          <Moment at={fresh.at}>{momentText(fresh.at, now, zone, true)}</Moment>)
        </>
      ) : (
        ', no answer yet'
      )}
      , asked every {numberText(source.everySeconds, 'seconds')}
      {source.tookSeconds !== null && `, took ${numberText(source.tookSeconds, 'seconds')}`}
      {next !== undefined && next !== null && (
        <>
          , next try {next > now ? `in ${ageText(next - now)}` : 'now'} (
          <Moment at={next}>{clockText(next, zone, true)}</Moment>)
        </>
      )}
      {source.leftOut > 0 && (
        <>
          , {source.leftOut} series left out: raise <code>maxSeries</code> to keep them
        </>
      )}
    </p>
  )
}
