import { isUpward } from '@headroom/shared/rules/compare.ts'
import type { Mark } from '../ui/mark.ts'
import type { ChartInput } from './chart-model.ts'
import { isDrawn } from './drawn-lines.ts'
import { xAt, yAt } from './scale.ts'
import type { Frame, YScale } from './scale.ts'

/** A mark's regions as one path, so that where two lie on each other the tint is not twice as strong. */
export type Region = { mark: Mark; d: string; opacity: number }

/** Where the picture is tinted: from the moment a line was crossed until it was not, on the far side of the line. */
export function crossedRegions(input: ChartInput, scale: YScale, frame: Frame): Region[] {
  const paths = new Map<Mark, string>()
  for (const crossing of input.crossings) {
    if (!isDrawn(crossing.line, input)) continue
    const from = xAt(Math.max(crossing.from, input.from), input, frame)
    const to = xAt(Math.min(crossing.to ?? input.to, input.to), input, frame)
    const line = yAt(Math.min(scale.high, Math.max(scale.low, crossing.line)), scale, frame)
    const far = yAt(isUpward(crossing.compare) ? scale.high : scale.low, scale, frame)
    if (to <= from || far === line) continue
    // All go round the same way, or one would cut a hole into another.
    const [top, bottom] = [Math.min(line, far), Math.max(line, far)]
    paths.set(crossing.mark, `${paths.get(crossing.mark) ?? ''}M${from} ${top}H${to}V${bottom}H${from}Z`)
  }
  return [...paths].map(([mark, d]) => ({ mark, d, opacity: mark === 'info' ? 0.05 : 0.13 }))
}
