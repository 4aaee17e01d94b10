import type { UseQueryResult } from '@tanstack/react-query'
import type { JSX } from 'react'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { useSteadyError } from '../../data/use-steady-error.ts'
import { FailedPart } from '../../ui/FailedPart.tsx'
import { CriteriaPanel } from './CriteriaPanel.tsx'
import type { FlagGroup } from './flag-rows.ts'
import { FlagsPanel } from './FlagsPanel.tsx'
import { GoodSignsPanel } from './GoodSignsPanel.tsx'
import type { Guide } from './guide.ts'
import { SourcesPanel } from './SourcesPanel.tsx'
import { ExpectedPanel, SaysPanel } from './WordsPanel.tsx'

type Props = {
  system: SystemView
  groups: readonly FlagGroup[]
  answer: UseQueryResult<FlagView[]>
  guide: Guide
  guideAnswer: UseQueryResult<Guide>
}

/** What is read at leisure: its own words, what is expected and counts as success, its sources, and every flag. */
export function LongLists({ system, groups, answer, guide, guideAnswer }: Props): JSX.Element {
  const missing = answer.data === undefined || answer.isPlaceholderData
  const flagsError = useSteadyError(answer)
  const guideError = useSteadyError(guideAnswer)
  return (
    <>
      <SaysPanel system={system} />
      <CriteriaPanel system={system} criteria={guide.success} />
      <GoodSignsPanel system={system} />
      <ExpectedPanel expected={guide.expected} />
      {guideError !== null && (
        <FailedPart what="What is expected" error={guideError} retry={() => void guideAnswer.refetch()} />
      )}
      <SourcesPanel system={system} />
      <FlagsPanel
        system={system.id}
        groups={groups}
        guide={guide}
        pending={groups.length === 0 && missing && flagsError === null}
        error={flagsError}
        retry={() => void answer.refetch()}
      />
    </>
  )
}
