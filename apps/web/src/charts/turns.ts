/** One chart is redrawn per frame: each asks for a turn, and the frame after gives the next one its own. */
const waiting = new Map<symbol, () => void>()
let running = false

export function askTurn(who: symbol, draw: () => void): () => void {
  waiting.set(who, draw)
  if (!running) {
    running = true
    requestAnimationFrame(next)
  }
  return () => {
    waiting.delete(who)
  }
}

function next(): void {
  const first = waiting.entries().next()
  if (first.done === true) {
    running = false
    return
  }
  const [who, draw] = first.value
  waiting.delete(who)
  draw()
  requestAnimationFrame(next)
}
