import type { Program, Step } from './program.ts'
import { isWord, NEWLINE } from './syntax.ts'

/** What stood before a place, and what stands behind it. */
type Before = 'begin' | 'word' | 'other'
type Behind = 'end' | 'word' | 'other'

/** Where a line has got to: the steps under way, what the byte before was, and the patterns found so far. */
export type State = {
  readonly key: string
  readonly steps: readonly number[]
  readonly before: Before
  readonly found: readonly number[]
  /** Where its row begins in the table, and in which table. */
  offset: number
  table: number
}

/** So many states are kept; a log that needs more than that has its table made anew now and then. */
const MAX_STATES = 1_000
const UNKNOWN = -1
const RETURN = 13

/**
 * All patterns at once, as one automaton that reads each byte once: time grows with the length of a line and with nothing
 * else, whatever the patterns are and whatever somebody writes into the log. Its states are made when they are first
 * needed.
 */
export class Automaton {
  readonly #program: Program
  readonly #classes: Uint8Array
  readonly #samples: readonly number[]
  readonly #width: number
  #states = new Map<string, State>()
  #byOffset: State[] = []
  #generation = 0
  #table: Int32Array
  readonly #results: (readonly number[])[] = [[]]
  readonly #resultIds = new Map<string, number>([['', 0]])

  constructor(program: Program) {
    this.#program = program
    const { classes, samples } = byteClasses(program.steps)
    this.#classes = classes
    this.#samples = samples
    this.#width = samples.length
    this.#table = new Int32Array(16 * this.#width).fill(UNKNOWN)
  }

  /** The state in which every line begins. */
  get begin(): State {
    return this.#state([], 'begin', [])
  }

  /**
   * Reads on, from a state, and gives the state at the end. At the end of each line `lineEnd` is told where it is, and the
   * patterns that were found in it.
   */
  read(
    from: State,
    bytes: Uint8Array,
    start: number,
    end: number,
    lineEnd: (at: number, found: readonly number[]) => void,
  ): State {
    const classes = this.#classes
    let begin = this.begin.offset
    let table = this.#table
    let offset = this.#place(from)
    for (let at = start; at < end; at++) {
      const byteClass = classes[bytes[at] ?? 0] ?? 0
      let next = table[offset + byteClass] ?? UNKNOWN
      if (next >= 0) {
        offset = next
        continue
      }
      if (next === UNKNOWN) {
        next = this.#follow(this.#at(offset), byteClass)
        // The table may have grown, or begun anew.
        table = this.#table
        begin = this.begin.offset
      }
      if (next >= 0) offset = next
      else {
        offset = begin
        lineEnd(at, this.#results[-2 - next] ?? [])
      }
    }
    return this.#at(offset)
  }

  /** The patterns found in a line that ends here, without an end of line. */
  finish(state: State): readonly number[] {
    return this.#closure(state, 'end').found
  }

  #at(offset: number): State {
    return this.#byOffset[offset / this.#width] ?? this.begin
  }

  #place(state: State): number {
    return state.table === this.#generation ? state.offset : this.#state(state.steps, state.before, state.found).offset
  }

  /** The table's entry for a state and a class of bytes, which is made here: a state, or the end of a line. */
  #follow(state: State, byteClass: number): number {
    const byte = this.#samples[byteClass] ?? 0
    const { steps, found } = this.#closure(state, behind(byte))
    if (byte === NEWLINE) {
      const entry = -2 - this.#result(found)
      this.#table[state.offset + byteClass] = entry
      return entry
    }
    const to = new Set<number>()
    for (const index of steps) {
      const step = this.#program.steps[index]
      if (step?.kind === 'set' && step.bytes[byte] === 1 && !found.includes(step.pattern)) to.add(step.to)
    }
    const before = state.table
    const next = this.#state(
      [...to].toSorted((a, b) => a - b),
      isWord(byte) ? 'word' : 'other',
      found,
    )
    // Where making it has emptied the table, the row of the state is no longer there.
    if (before === this.#generation) this.#table[state.offset + byteClass] = next.offset
    return next.offset
  }

  /** All steps that can be reached without reading a byte, and the patterns that are found by that. */
  #closure(state: State, ahead: Behind): { steps: number[]; found: readonly number[] } {
    const seen = new Set<number>()
    const found = new Set(state.found)
    const steps: number[] = []
    const open = [...state.steps, ...this.#program.starts.filter((_, pattern) => !found.has(pattern))]
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (seen.has(index)) continue
      seen.add(index)
      const step = this.#program.steps[index]
      if (step?.kind === 'set') steps.push(index)
      else if (step?.kind === 'split') open.push(...step.to)
      else if (step?.kind === 'match') found.add(step.pattern)
      else if (step?.kind === 'assert' && holds(step.what, state.before, ahead)) open.push(step.to)
    }
    return { steps, found: found.size === state.found.length ? state.found : [...found].toSorted((a, b) => a - b) }
  }

  #state(steps: readonly number[], before: Before, found: readonly number[]): State {
    const key = `${before}|${found.join()}|${steps.join()}`
    const known = this.#states.get(key)
    if (known !== undefined) return known
    if (this.#states.size >= MAX_STATES) this.#empty()
    const offset = this.#byOffset.length * this.#width
    const state = { key, steps, before, found, offset, table: this.#generation }
    this.#states.set(key, state)
    this.#byOffset.push(state)
    if (offset + this.#width > this.#table.length) {
      const larger = new Int32Array(this.#table.length * 2).fill(UNKNOWN)
      larger.set(this.#table)
      this.#table = larger
    }
    return state
  }

  #empty(): void {
    this.#generation++
    this.#states = new Map()
    this.#byOffset = []
    this.#table.fill(UNKNOWN)
  }

  #result(found: readonly number[]): number {
    const key = found.join()
    const known = this.#resultIds.get(key)
    if (known !== undefined) return known
    const id = this.#results.push(found) - 1
    this.#resultIds.set(key, id)
    return id
  }
}

/** Bytes that no pattern tells apart are of one class; the smaller the table, the more of it stays in the cache. */
function byteClasses(steps: readonly Step[]): { classes: Uint8Array; samples: readonly number[] } {
  const sets = steps.flatMap((step) => (step.kind === 'set' ? [step.bytes] : []))
  const classes = new Uint8Array(256)
  const known = new Map<string, number>()
  const samples: number[] = []
  for (let byte = 0; byte < 256; byte++) {
    const mark = `${behind(byte)}${byte === NEWLINE ? 'n' : ''}${sets.map((set) => set[byte]).join('')}`
    let id = known.get(mark)
    if (id === undefined) {
      id = samples.push(byte) - 1
      known.set(mark, id)
    }
    classes[byte] = id
  }
  return { classes, samples }
}

function behind(byte: number): Behind {
  if (byte === NEWLINE || byte === RETURN) return 'end'
  return isWord(byte) ? 'word' : 'other'
}

function holds(what: Extract<Step, { kind: 'assert' }>['what'], before: Before, ahead: Behind): boolean {
  switch (what) {
    case 'begin':
      return before === 'begin'
    case 'end':
      return ahead === 'end'
    case 'word':
      return (before === 'word') !== (ahead === 'word')
    case 'no word':
      return (before === 'word') === (ahead === 'word')
  }
}
