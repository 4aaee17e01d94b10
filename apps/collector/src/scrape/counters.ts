/**
 * Tells what a number that should only rise says when it does not: its process restarted, or a balancer shows us several
 * processes in turn, each with a count of its own. Pure: `(memory, value, at)` to the next memory and a verdict.
 */
export type Verdict =
  /** A counter's growth. */
  | { kind: 'rate'; perMinute: number }
  /** A gauge that stands as it is. */
  | { kind: 'value'; value: number }
  /** Several processes answer: the value is one of several, and no rate or restart can be read from it. */
  | { kind: 'spread' }
  | { kind: 'nothing'; reason: 'first' | 'reset' | 'undecided' | 'no time passed' }

/** What is remembered of one series. */
export type SeriesMemory = {
  value: number
  atMs: number
  /** Growth per ms as it mostly is, a moving mean; 0 while unknown. */
  pace: number
  state:
    | { kind: 'single' }
    /** It fell from `high`, `seen` samples ago; should it come back there, there are two of it. */
    | { kind: 'fell'; high: number; seen: number }
    /** Several processes; `risen` samples in a row without a fall make it one again. */
    | { kind: 'spread'; risen: number }
}

/** So many samples after a fall a value that springs back still speaks for a second process. */
const WATCHED = 6
/** So many samples without a fall, and one process answers again: by chance between two it would be one in a billion. */
const SETTLED = 30
/** Growth up to so many times its usual pace, and a few, is believed. */
const BELIEVED_PACE = 4
const BELIEVED_STEP = 2
/** A process just restarted is no older than the time since we last asked, and what rounding adds. */
const YOUNG_SLACK_SECONDS = 30
/** An uptime reckoned from a start time wobbles with the clocks. */
const WOBBLE_SECONDS = 2

/** A counter: any unit, `atMs` monotonic. */
export function judgeCounter(memory: SeriesMemory | undefined, value: number, atMs: number): [SeriesMemory, Verdict] {
  if (memory === undefined)
    return [
      { value, atMs, pace: 0, state: { kind: 'single' } },
      { kind: 'nothing', reason: 'first' },
    ]
  const elapsed = atMs - memory.atMs
  if (elapsed <= 0)
    return [memory, memory.state.kind === 'spread' ? { kind: 'spread' } : { kind: 'nothing', reason: 'no time passed' }]
  if (memory.state.kind === 'spread') return stillSpread(memory, value, atMs)
  if (value < memory.value) return fall(memory, value, atMs, 'reset')

  const growth = value - memory.value
  const believed = growth <= BELIEVED_PACE * memory.pace * elapsed + BELIEVED_STEP
  if (memory.state.kind === 'fell' && !believed) {
    if (value >= memory.state.high)
      return [{ ...memory, value, atMs, state: { kind: 'spread', risen: 1 } }, { kind: 'spread' }]
    return [
      { ...memory, value, atMs, state: watched(memory.state) },
      { kind: 'nothing', reason: 'undecided' },
    ]
  }
  const next = {
    value,
    atMs,
    pace: newPace(memory, growth / elapsed),
    state: memory.state.kind === 'fell' ? watched(memory.state) : memory.state,
  }
  return [next, { kind: 'rate', perMinute: (growth / elapsed) * 60_000 }]
}

/**
 * An uptime in seconds. A process that answers with less than before, yet older than the time since we last asked, was
 * there all along: that alone tells a second process. A young one is held back once, to see who answers next.
 */
export function judgeUptime(memory: SeriesMemory | undefined, value: number, atMs: number): [SeriesMemory, Verdict] {
  if (memory === undefined)
    return [
      { value, atMs, pace: 1e-3, state: { kind: 'single' } },
      { kind: 'value', value },
    ]
  const elapsed = atMs - memory.atMs
  if (memory.state.kind === 'spread') return stillSpread(memory, value, atMs)
  if (value < memory.value && value >= memory.value - WOBBLE_SECONDS)
    return [
      { ...memory, atMs },
      { kind: 'value', value: memory.value },
    ]
  if (value < memory.value) {
    const young = value <= Math.max(1e-3, memory.pace) * elapsed + YOUNG_SLACK_SECONDS
    return young
      ? fall(memory, value, atMs, 'undecided')
      : [{ ...memory, value, atMs, state: { kind: 'spread', risen: 0 } }, { kind: 'spread' }]
  }
  if (
    memory.state.kind === 'fell' &&
    value >= memory.state.high &&
    value - memory.value > BELIEVED_PACE * memory.pace * elapsed + WOBBLE_SECONDS
  ) {
    return [{ ...memory, value, atMs, state: { kind: 'spread', risen: 1 } }, { kind: 'spread' }]
  }
  const pace = elapsed > 0 ? newPace(memory, (value - memory.value) / elapsed) : memory.pace
  return [
    { value, atMs, pace, state: memory.state.kind === 'fell' ? watched(memory.state) : memory.state },
    { kind: 'value', value },
  ]
}

/** A first fall may be a restart; a second one soon after, from back above, is another process. */
function fall(
  memory: SeriesMemory,
  value: number,
  atMs: number,
  reason: 'reset' | 'undecided',
): [SeriesMemory, Verdict] {
  return [
    { ...memory, value, atMs, state: { kind: 'fell', high: memory.value, seen: 0 } },
    { kind: 'nothing', reason },
  ]
}

function stillSpread(memory: SeriesMemory, value: number, atMs: number): [SeriesMemory, Verdict] {
  const risen = memory.state.kind === 'spread' && value >= memory.value ? memory.state.risen + 1 : 0
  const state: SeriesMemory['state'] = risen >= SETTLED ? { kind: 'single' } : { kind: 'spread', risen }
  return [{ ...memory, value, atMs, state }, { kind: 'spread' }]
}

function watched(state: { high: number; seen: number }): SeriesMemory['state'] {
  return state.seen + 1 >= WATCHED ? { kind: 'single' } : { kind: 'fell', high: state.high, seen: state.seen + 1 }
}

function newPace(memory: SeriesMemory, growthPerMs: number): number {
  return memory.pace === 0 ? growthPerMs : 0.7 * memory.pace + 0.3 * growthPerMs
}
