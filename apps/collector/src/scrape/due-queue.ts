/** A binary heap of things by the moment they are due: one timer serves thousands. */
export type DueQueue<T> = {
  push(at: number, item: T): void
  /** Takes the earliest out if it is due at `now`. */
  takeDue(now: number): { at: number; item: T } | undefined
  /** When the earliest is due. */
  nextAt(): number | undefined
  clear(): void
}

export function createDueQueue<T>(): DueQueue<T> {
  const heap: { at: number; item: T }[] = []

  function swap(a: number, b: number): void {
    const [first, second] = [heap[a], heap[b]]
    if (first === undefined || second === undefined) return
    heap[a] = second
    heap[b] = first
  }
  const at = (index: number): number => heap[index]?.at ?? Infinity

  function sink(): void {
    for (let index = 0; ;) {
      const left = 2 * index + 1
      const least = at(left + 1) < at(left) ? left + 1 : left
      if (at(least) >= at(index)) return
      swap(index, least)
      index = least
    }
  }

  return {
    push(due, item) {
      heap.push({ at: due, item })
      for (let index = heap.length - 1; index > 0;) {
        const parent = (index - 1) >> 1
        if (at(parent) <= at(index)) return
        swap(index, parent)
        index = parent
      }
    },
    takeDue(now) {
      const first = heap[0]
      if (first === undefined || first.at > now) return undefined
      const last = heap.pop()
      if (last !== undefined && heap.length > 0) {
        heap[0] = last
        sink()
      }
      return first
    },
    nextAt: () => heap[0]?.at,
    clear: () => void (heap.length = 0),
  }
}
