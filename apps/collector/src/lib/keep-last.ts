import type { Clock } from './clock.ts'

/** A screen asks its several questions about one moment at once; a moment later nobody asks that again. */
const KEPT_MS = 2_000

/** Makes what is asked for, and keeps the last of it for two seconds. What failed is made again. */
export function keepLast<Key, Value>(
  make: (key: Key) => Promise<Value>,
  clock: Pick<Clock, 'after'>,
): (key: Key) => Promise<Value> {
  let last: { key: Key; value: Promise<Value>; cancel: () => void } | null = null
  return (key) => {
    if (last !== null && last.key === key) return last.value
    last?.cancel()
    const value = make(key)
    const mine = { key, value, cancel: clock.after(KEPT_MS, () => forget()) }
    const forget = (): void => {
      if (last === mine) last = null
    }
    last = mine
    value.catch(() => {
      mine.cancel()
      forget()
    })
    return value
  }
}
