import { isLabel, type Labels } from '@headroom/shared/model/labels.ts'

/** Labels as they were read: name, value, name, value, ... A list, because most are looked at once and forgotten. */
export type LabelPairs = readonly string[]

export function labelOf(pairs: LabelPairs, name: string): string | undefined {
  for (let index = 0; index < pairs.length; index += 2) if (pairs[index] === name) return pairs[index + 1]
  return undefined
}

const MAX_VALUE = 64

/** A value that may become a label: short, and nobody's address. */
export function labelValue(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || text.length > MAX_VALUE) return undefined
  return text.includes('@') || /\p{Cc}/u.test(text) ? undefined : text
}

/** The labels of the allow-list; what else there is, is added up. */
export function allowedLabels(pairs: LabelPairs): Labels {
  const labels: Labels = {}
  for (let index = 0; index < pairs.length; index += 2) {
    const name = pairs[index]
    if (name === undefined || !isLabel(name)) continue
    const value = labelValue(pairs[index + 1])
    if (value !== undefined) labels[name] = value
  }
  return labels
}
