import { keyWords } from './key-words.ts'
import { LEVELS, LEVEL_STATES, STUFF } from './words.ts'

/**
 * A number is a counter only by its name: `*_total` or `total_*`. Not where the total is one of things that are there
 * now (`total_memory`, `users_total`, `total_active`): those go down as well as up.
 */
export function isCounterName(key: string): boolean {
  const { words, unit } = keyWords(key)
  if (unit?.dimension === 'percent' || words.length < 2) return false
  if (words[0] !== 'total' && words.at(-1) !== 'total') return false
  // `_system_ram_total` is how much there is, whatever stands before it.
  if (words.at(-1) === 'total' && STUFF.has(words.at(-2) ?? '')) return false
  const others = words.filter((word) => word !== 'total')
  return !others.some((word) => LEVEL_STATES.has(word)) && !others.every((word) => LEVELS.has(word))
}

/** The name a counter's rate is kept under: `captions_made_total` is `captions_made_per_minute`, `jobs.total` is `jobs_per_minute`. */
export function rateName(path: string): string {
  const dot = path.lastIndexOf('.') + 1
  const key = path
    .slice(dot)
    .replace(/^total[_-]?|[_-]?total$/gi, '')
    .replace(/^Total(?=[A-Z])|(?<=[a-z])Total$/g, '')
  // `requests.total` is all of the requests: the word before it names what is counted.
  if (key === '') return dot === 0 ? 'total_per_minute' : `${path.slice(0, dot - 1)}_per_minute`
  return `${path.slice(0, dot)}${key}_per_minute`
}
