import { NBSP } from './no-break.ts'

const SECOND = 1000
const UNITS = [
  [86_400 * SECOND, 'd'],
  [3_600 * SECOND, 'h'],
  [60 * SECOND, 'min'],
  [SECOND, 's'],
] as const

/** How long a span of time is, in its two largest units: `3 min 30 s`, `8 h`, `2 d 4 h`. Below a second: `0 s`. */
export function spanText(ms: number): string {
  let rest = Math.round(Math.max(0, ms) / SECOND) * SECOND
  const parts: string[] = []
  for (const [size, name] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count}${NBSP}${name}`)
    else if (parts.length > 0) break
    if (parts.length === 2) break
  }
  return parts.length === 0 ? `0${NBSP}s` : parts.join(' ')
}

/** How far a moment is from the beginning of an event: `T+0:42`, `T+1:14:05`, and `T−0:10` before it. */
export function offsetText(ms: number, seconds = false): string {
  const size = seconds ? Math.round(Math.abs(ms) / SECOND) : Math.floor(Math.abs(ms) / (60 * SECOND)) * 60
  const two = (value: number): string => String(value).padStart(2, '0')
  const clock = `${Math.floor(size / 3600)}:${two(Math.floor(size / 60) % 60)}`
  return `T${ms < 0 && size > 0 ? '−' : '+'}${clock}${seconds ? `:${two(size % 60)}` : ''}`
}
