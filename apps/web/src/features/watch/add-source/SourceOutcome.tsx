import { useNavigate } from '@tanstack/react-router'
import type { JSX } from 'react'
import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import { TrialProgress } from '../TrialProgress.tsx'
import { Written } from '../Written.tsx'
import { SourceLines } from './SourceLines.tsx'
import { SourceTried } from './SourceTried.tsx'
import type { SourceFormState } from './use-source-form.ts'

type Props = {
  kind: SourceKindView
  state: Pick<SourceFormState, 'adding' | 'target' | 'write'>
  onCancel: () => void
}

/** What came of the form: that it is being tried, what was found with its lines, or that it was written. */
export function SourceOutcome({ kind, state, onCancel }: Props): JSX.Element | null {
  const { adding, target, write } = state
  const navigate = useNavigate()
  switch (adding.step) {
    case 'filling':
      return null
    case 'trying':
      return <TrialProgress place={kind.title} since={adding.since} onCancel={onCancel} />
    case 'tried':
    case 'writing':
      return (
        <>
          <SourceTried kind={kind} trial={adding.trial} asked={adding.asked} />
          {adding.trial.lines !== '' && (
            <SourceLines
              type={kind.kind}
              tried={adding}
              target={target}
              busy={adding.step === 'writing'}
              onWrite={() => {
                if (adding.system !== undefined) write(adding.system)
              }}
            />
          )}
        </>
      )
    case 'written':
      return (
        <Written
          id={adding.id}
          answer={adding.answer}
          at={adding.at}
          onAgain={() => void navigate({ to: '/setup/add', search: { system: adding.id } })}
          again="Add another source"
        />
      )
  }
}
