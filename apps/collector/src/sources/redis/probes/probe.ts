import type { Command, Reply } from '../wire/resp.ts'

/**
 * One small question to Redis, in at most two steps: what to send, what to send once that is answered, and what to make of
 * it. It keeps what it learnt until it is asked the next time.
 */
export type Probe = {
  /** Probes of one kind take turns. */
  kind: string
  /** At most so many commands, both steps together. */
  cost(): number
  first(now: number): Command[]
  second(replies: readonly Reply[], now: number): Command[]
  done(replies: readonly Reply[], now: number): void
}

/** Sends commands in one go; rejects with BrokenConnection. */
export type Ask = (commands: readonly Command[]) => Promise<readonly Reply[]>

/** Runs probes side by side: two questions over the wire, however many they are. */
export async function runProbes(probes: readonly Probe[], ask: Ask, now: number): Promise<void> {
  const firsts = await askAll(
    probes.map((probe) => probe.first(now)),
    ask,
  )
  const seconds = await askAll(
    probes.map((probe, index) => probe.second(firsts[index] ?? [], now)),
    ask,
  )
  probes.forEach((probe, index) => probe.done(seconds[index] ?? [], now))
}

/** Several lists of commands in one go, and the replies to each. */
async function askAll(lists: readonly Command[][], ask: Ask): Promise<readonly Reply[][]> {
  const all = lists.flat()
  const replies = all.length === 0 ? [] : await ask(all)
  let at = 0
  return lists.map((list) => replies.slice(at, (at += list.length)))
}
