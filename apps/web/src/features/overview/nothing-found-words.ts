import type { Filter } from './overview-search.ts'

/** `No system is critical or down, has the preset web-service, and matches “captions”.` */
export function nothingFoundWords({ text, states, presets }: Filter): string {
  const parts = [
    ...(states.length === 0 ? [] : [`is ${either(states)}`]),
    ...(presets.length === 0 ? [] : [`has the preset ${either(presets)}`]),
    ...(text.trim() === '' ? [] : [`matches “${text.trim()}”`]),
  ]
  const last = parts.at(-1) ?? 'is here'
  const others = parts.slice(0, -1).join(', ')
  return others === '' ? `No system ${last}.` : `No system ${others} and ${last}.`
}

function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
}
