import { useState } from 'react'
import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { useTimeline } from '../../../data/use-timeline.ts'
import type { FieldProblems } from '../system-fields.ts'
import type { Added } from './adding.ts'
import { missingOf, notTried, sourceOf, withVariables } from './option-values.ts'
import type { FieldValue, Problems, Values } from './option-values.ts'
import { problemAt } from './problem-at.ts'
import { firstTarget, namesOf, sourcesOf, targetProblems } from './target.ts'
import type { Target } from './target.ts'
import { useAdding } from './use-adding.ts'
import type { AddingActions } from './use-adding.ts'

const NOBODY: readonly never[] = []

export type SourceFormState = Added &
  Pick<AddingActions, 'write' | 'changed'> & {
    /** Those a source can be added to. */
    systems: readonly SystemView[]
    target: Target
    values: Values
    /** What is wrong, by place; `general` with the whole. */
    wrong: { target: FieldProblems; fields: Problems; general: string | undefined }
    /** What the source will be called, and what the variables of its secrets are named after. */
    names: { source: string; secrets: string }
    /** Nothing can be tried as it stands: only lines can be had. */
    onlyLines: boolean
    choose: (target: Target) => void
    change: (key: string, value: FieldValue) => void
    /** Asks for the values, or only for the lines. False: something is missing, and is marked. */
    send: (asked: boolean) => boolean
  }

/** What stands in the form, what is wrong with it, and what the collector says to it. It lives as long as the screen. */
export function useSourceForm(kind: SourceKindView, wanted: string | undefined): SourceFormState {
  // The systems of the demo stand in no file, and go when there is something real to watch.
  const systems = useTimeline((timeline) => (timeline.demo ? NOBODY : timeline.systems))
  const [target, setTarget] = useState(() => firstTarget(systems, wanted))
  const [values, setValues] = useState<Values>({})
  const [sent, setSent] = useState(false)
  const { adding, problem, ask, write, changed } = useAdding()
  const beside = sourcesOf(systems, target)
  const { id } = values
  const names = namesOf(kind.kind, typeof id === 'string' ? id.trim() : '', target, beside)
  const refused = problemAt(kind, problem)
  const onlyLines = notTried(kind, values).length > 0
  return {
    adding,
    problem,
    write,
    changed,
    systems,
    target,
    values,
    names,
    onlyLines,
    wrong: {
      target: sent ? targetProblems(systems, target) : {},
      fields: { ...(sent ? missingOf(kind, values) : {}), ...refused.fields },
      general: refused.general,
    },
    choose(chosen) {
      setTarget(chosen)
      changed()
    },
    change(key, value) {
      setValues((before) => ({ ...before, [key]: value }))
      changed()
    },
    send(asked) {
      const given = asked ? values : withVariables(kind, values, names.secrets)
      const missing = { ...targetProblems(systems, target), ...missingOf(kind, given) }
      setSent(Object.keys(missing).length > 0)
      if (Object.keys(missing).length > 0) return false
      const source = sourceOf(kind, given)
      const system = target.kind === 'new' ? { name: target.name.trim(), ...presetOf(target.preset) } : undefined
      const writes = system === undefined || onlyLines ? undefined : { source, id: target.id, ...system }
      ask({ source, system: target.id, ...system, ask: asked }, { asked, before: beside, system: writes })
      return true
    },
  }
}

function presetOf(preset: string): { preset?: string } {
  return preset === '' ? {} : { preset }
}
