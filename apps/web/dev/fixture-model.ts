import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { HeadroomView, SourceView, SystemState } from '@headroom/shared/model/system.ts'

export type MadeSeries = {
  metric: string
  unit: string
  source: string
  labels?: Record<string, string>
  spread?: boolean
  primary?: boolean
  at: (t: number) => number | null
}
export type MadeAlert = {
  flag: string
  metric?: string
  value: number
  since: number
  resolvedAt?: number
  pending?: boolean
}

/** A made-up system: what it is, and what its series say at any moment. */
export type MadeSystem = {
  id: string
  name: string
  presets: string[]
  state: SystemState
  down: boolean
  since: number
  band?: string
  sources: (Pick<SourceView, 'id' | 'type' | 'everySeconds'> & {
    error?: { code: string; message: string }
    silentSince?: number
    lagSeconds?: number
  })[]
  headroom: Omit<HeadroomView, 'used' | 'usedPercent'>[]
  texts: string[]
  flags: FlagView[]
  alerts: MadeAlert[]
  notes: { at: number; text: string; kind: 'note' | 'deploy' | 'restart' | 'runsheet' | 'config'; by?: string }[]
  expected: string[]
  success: { text: string; metric?: string; below?: number; atMost?: number; atLeast?: number; above?: number }[]
  series: MadeSeries[]
}

type FlagWords = Pick<FlagView, 'id' | 'metric' | 'severity' | 'title'> & {
  line: number | null
  unit: string
} & Partial<FlagView> & { says: string; figure?: string; ours?: boolean; document?: string }

export function flag(system: string, words: FlagWords): FlagView {
  const { says, figure = '', ours = false, document = 'Deployment guide', ...rest } = words
  return {
    system,
    labels: {},
    kind: 'threshold',
    compare: 'above',
    clear: null,
    holdSeconds: 30,
    steps: [],
    supplied: true,
    conditional: false,
    why: { text: says, document, figure, ours },
    ...rest,
  }
}
