import { z } from 'zod'

/** The only labels a source may put on a series without being told to by `map`. People are never a label. */
export const LABELS = [
  'instance',
  'worker',
  'queue',
  'pool',
  'service',
  'disk',
  'interface',
  'replica',
  'state',
  'status',
  'quantile',
  'pattern',
] as const
export type Label = (typeof LABELS)[number]

export const Labels = z.record(z.string(), z.string())
export type Labels = z.infer<typeof Labels>

export function isLabel(name: string): name is Label {
  return (LABELS as readonly string[]).includes(name)
}

/** `{}` is "", others `{a="1",b="2"}` with keys in order: equal label sets give equal text. */
export function labelsKey(labels: Labels): string {
  const keys = Object.keys(labels)
  const [only] = keys
  if (keys.length === 1 && only !== undefined) return `{${only}=${JSON.stringify(labels[only])}}`
  keys.sort()
  return keys.length === 0 ? '' : `{${keys.map((key) => `${key}=${JSON.stringify(labels[key])}`).join(',')}}`
}
