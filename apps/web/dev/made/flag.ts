import type { FlagView } from '@headroom/shared/model/flag.ts'

type FlagWords = Pick<FlagView, 'id' | 'metric' | 'severity' | 'title'> & {
  line: number | null
  unit: string
} & Partial<FlagView> & { says: string; figure?: string; ours?: boolean; document?: string }

/** A flag in the words of its document. Continuous values clear 5 % inside the line, counts at the line. */
export function flag(system: string, words: FlagWords): FlagView {
  const { says, figure = '', ours = false, document = 'Deployment guide', ...rest } = words
  return {
    system,
    labels: {},
    kind: 'threshold',
    compare: 'above',
    clear:
      words.line === null || words.unit === 'count' || words.unit === 'bool'
        ? null
        : words.line * (words.compare === 'below' ? 1.05 : 0.95),
    holdSeconds: 30,
    steps: [],
    supplied: true,
    conditional: false,
    why: { text: says, document, figure, ours },
    ...rest,
  }
}
