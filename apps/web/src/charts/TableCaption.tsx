import type { JSX } from 'react'
import type { ChartInput } from './chart-model.ts'

/** The lines and the limit in words: in a table they are not drawn. */
export function TableCaption({ input }: { input: ChartInput }): JSX.Element {
  const words = [...input.lines.map((line) => line.words), ...(input.limit === undefined ? [] : [input.limit.words])]
  return <caption>{words.join(' · ') || 'No documented line'}</caption>
}
