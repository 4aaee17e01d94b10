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
