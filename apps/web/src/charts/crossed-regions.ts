import { isUpward } from '@headroom/shared/rules/compare.ts'
import type { Mark } from '../ui/mark.ts'
import type { ChartInput } from './chart-model.ts'
import { xAt, yAt } from './scale.ts'
import type { Frame, YScale } from './scale.ts'

export type Region = { key: string; mark: Mark; x: number; y: number; width: number; height: number }

/** Where the picture is tinted: from the moment a line was crossed until it was not, on the far side of the line. */
export function crossedRegions(input: ChartInput, scale: YScale, frame: Frame): Region[] {
  return input.crossings.flatMap((crossing): Region[] => {
    const from = xAt(Math.max(crossing.from, input.from), input, frame)
    const to = xAt(Math.min(crossing.to ?? input.to, input.to), input, frame)
    const line = yAt(Math.min(scale.high, Math.max(scale.low, crossing.line)), scale, frame)
    const far = yAt(isUpward(crossing.compare) ? scale.high : scale.low, scale, frame)
    const height = Math.abs(far - line)
    if (to <= from || height === 0) return []
    return [{ key: crossing.key, mark: crossing.mark, x: from, y: Math.min(line, far), width: to - from, height }]
  })
}
