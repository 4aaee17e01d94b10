import type { RuleSample } from './types.ts'

/** Samples in order of time, those of one time together. A step's samples ascend only within a series. */
export function batchesOf(samples: readonly RuleSample[]): RuleSample[][] {
  const batches: RuleSample[][] = []
  let newest: RuleSample[] | undefined
  for (const sample of inOrder(samples)) {
    if (newest?.[0]?.at === sample.at) newest.push(sample)
    else batches.push((newest = [sample]))
  }
  return batches
}

function inOrder(samples: readonly RuleSample[]): readonly RuleSample[] {
  const sorted = samples.every((sample, index) => index === 0 || (samples[index - 1]?.at ?? 0) <= sample.at)
  return sorted ? samples : samples.toSorted((a, b) => a.at - b.at)
}

/** Of a series said twice for one time, the first word counts, as it does when the second comes in a later step. */
export function onceEach(batch: readonly RuleSample[]): readonly RuleSample[] {
  const seen = new Set<number>()
  for (const sample of batch) if (sample.value !== null) seen.add(sample.series)
  if (seen.size === batch.length) return batch
  const said = new Set<string>()
  return batch.filter(({ series, value }) => {
    const word = `${series}/${value === null}`
    if (said.has(word)) return false
    said.add(word)
    return true
  })
}
