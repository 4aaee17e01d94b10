import { flushSync } from 'react-dom'

/** So much of a frame is spent on charts; what is left of them waits for the next one. */
const FRAME_MS = 8

const waiting = new Map<symbol, () => void>()
let running = false

/** Asks to be drawn. Charts are drawn in the order in which they asked, as many a frame as fit; the answer takes it back. */
export function askTurn(who: symbol, draw: () => void): () => void {
  waiting.set(who, draw)
  if (!running) {
    running = true
    requestAnimationFrame(drawSome)
  }
  return () => {
    waiting.delete(who)
  }
}

function drawSome(began: number): void {
  const until = Math.max(began, performance.now()) + FRAME_MS
  let together = 1
  while (waiting.size > 0 && performance.now() < until) {
    const some = [...waiting].slice(0, together)
    for (const [who] of some) waiting.delete(who)
    // At once, so that what it took is known before the next ones are begun: more at a time while there is time.
    flushSync(() => {
      for (const [, draw] of some) draw()
    })
    together *= 2
  }
  running = waiting.size > 0
  if (running) requestAnimationFrame(drawSome)
}
