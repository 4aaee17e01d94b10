import { numberText } from '../../ui/format-number.ts'

/** How long an answer took: `84 ms`; less than a millisecond is not told apart. */
export function tookText(seconds: number): string {
  return seconds < 0.001 ? 'less than 1 ms' : numberText(seconds, 'seconds')
}
