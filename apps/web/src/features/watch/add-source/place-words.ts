import type { Trial } from '@headroom/shared/model/trial.ts'
import { whereWords } from '../where-words.ts'
import type { Target } from './target.ts'

/** Where the lines belong: under the sources of a system, under the systems, or in a file that is still to be made. */
export function placeWords(file: Trial['file'], target: Target, lines: string): string {
  if (target.kind === 'watched')
    return `Add them under \`sources:\` of the system \`${target.id}\` in \`${file.path}\`. Saving is enough: the page follows by itself.`
  if (file.exists) return whereWords(file.path, lines)
  return `Make \`${file.path}\` with these lines. Headroom does not write it for you: ${
    file.writable ? 'what is secret is to be set first' : 'it may not write there'
  }.`
}
