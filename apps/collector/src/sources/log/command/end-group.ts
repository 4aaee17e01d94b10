import type { ChildProcess } from 'node:child_process'
import type { Clock } from '../../../lib/clock.ts'

/** So long may a command take to end itself. */
const PATIENCE_MS = 2_000

/** Ends a child and everything in its process group: asked first, then made to. */
export async function endGroup(
  child: ChildProcess,
  ended: Promise<unknown>,
  clock: Pick<Clock, 'after'>,
): Promise<void> {
  const { pid } = child
  if (pid === undefined) return
  signalGroup(pid, 'SIGTERM')
  const cancel = clock.after(PATIENCE_MS, () => {
    signalGroup(pid, 'SIGKILL')
    // Something that left the group may hold the pipes open for ever; it is not ours any more.
    child.stdout?.destroy()
    child.stderr?.destroy()
  })
  await ended
  cancel()
  // The first of the group may have ended and left others behind.
  signalGroup(pid, 'SIGKILL')
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // It was gone before.
  }
}
