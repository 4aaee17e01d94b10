import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { useSteadyError } from '../../data/use-steady-error.ts'
import { FailedPart } from '../../ui/FailedPart.tsx'
import { CriteriaPanel } from './CriteriaPanel.tsx'
import { FlagsPanel } from './FlagsPanel.tsx'
import { GoodSignsPanel } from './GoodSignsPanel.tsx'
import { useGuide } from './left-queries.ts'
import { SourcesPanel } from './SourcesPanel.tsx'
import { ExpectedPanel, SaysPanel } from './WordsPanel.tsx'

/** What is read at leisure: its own words, what is expected and counts as success, its sources, and every flag. */
export function LongLists({ system }: { system: SystemView }): JSX.Element {
  const { guide, answer } = useGuide(system.id)
  const error = useSteadyError(answer)
  return (
    <>
      <SaysPanel system={system} />
      <CriteriaPanel system={system} criteria={guide.success} />
      <GoodSignsPanel system={system} />
      <ExpectedPanel expected={guide.expected} />
      {error !== null && <FailedPart what="What is expected" error={error} retry={() => void answer.refetch()} />}
      <SourcesPanel system={system} />
      <FlagsPanel system={system.id} />
    </>
  )
}
