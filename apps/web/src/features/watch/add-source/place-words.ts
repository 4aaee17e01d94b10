import type { Trial } from '@headroom/shared/model/trial.ts'
import { whereWords } from '../where-words.ts'
import type { Target } from './target.ts'

/**
 * What has to be done to a source of the same type that goes by its type: where there are two, each must say its id.
 * Its series keep their names that way. Undefined where there is none.
 */
export function besideWords(type: string, sources: readonly { id: string; type: string }[]): string | undefined {
  return sources.some((source) => source.type === type && source.id === type)
    ? `The system has a source of type \`${type}\` already. Where there are two, each says its id: put \`id: ${type}\` under the one that is there, unless it says so.`
    : undefined
}

/** Where the lines belong: under the sources of a system, under the systems, or in a file that is still to be made. */
export function placeWords(file: Trial['file'], target: Target, lines: string): string {
  if (target.kind === 'watched')
    return `Add them under \`sources:\` of the system \`${target.id}\` in \`${file.path}\`. Saving is enough: the page follows by itself.`
  if (file.exists) return whereWords(file.path, lines)
  return `Make \`${file.path}\` with these lines. Headroom does not write it for you: ${
    file.writable ? 'what is secret is to be set first' : 'it may not write there'
  }.`
}
