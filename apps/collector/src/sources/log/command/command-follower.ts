import { type ChildProcess, spawn } from 'node:child_process'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { Follower, FollowerParts, Look } from '../follower.ts'
import { RetryDelay } from '../retry-delay.ts'
import type { Standing } from '../tally.ts'
import { endGroup } from './end-group.ts'

const LOOK_MS = 1_000
const LOOK_BYTES = 2 ** 20

/**
 * Follows what a command says, on both of its outputs. It is run as it is written, through no shell, in a process group of
 * its own; it is started again when it ends, and ended with all it started when the source is closed.
 */
export class CommandFollower implements Follower {
  readonly #argv: readonly [string, ...string[]]
  readonly #parts: FollowerParts
  readonly #retry: RetryDelay
  #child: { process: ChildProcess; ended: Promise<unknown> } | undefined
  #problem: SourceProblem | undefined
  /** It was not running all the time since the last question. */
  #gap = true
  #stopped = false
  #cancel: () => void = () => undefined

  constructor(argv: readonly [string, ...string[]], parts: FollowerParts) {
    this.#argv = argv
    this.#parts = parts
    this.#retry = new RetryDelay(parts.clock)
  }

  begin(): void {
    if (this.#stopped) return
    const streams = [this.#parts.tally.stream(), this.#parts.tally.stream()]
    const { process: child, ended } = start(this.#argv)
    const running = { process: child, ended: ended.then((outcome) => this.#ended(outcome, streams)) }
    this.#child = running
    child.once('spawn', () => {
      this.#retry.began()
      this.#problem = undefined
    })
    ;[child.stdout, child.stderr].forEach((output, index) => {
      output?.on('data', (piece: Buffer) => streams[index]?.take(piece))
    })
  }

  catchUp(): Promise<Standing> {
    const running = this.#child?.process.pid !== undefined
    const gap = this.#gap
    this.#gap = !running
    if (this.#problem !== undefined) return Promise.resolve({ kind: 'nothing', problem: this.#problem })
    return Promise.resolve({ kind: gap || !running ? 'part' : 'whole' })
  }

  async look(signal: AbortSignal): Promise<Look> {
    const pieces: Buffer[] = []
    let length = 0
    const { process: child, ended } = start(this.#argv)
    const take = (piece: Buffer): void => {
      if (length < LOOK_BYTES) pieces.push(piece)
      length += piece.length
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    const { promise: enough, resolve } = Promise.withResolvers<undefined>()
    const cancel = this.#parts.clock.after(LOOK_MS, () => resolve(undefined))
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
    const outcome = await Promise.race([ended, enough])
    cancel()
    if (outcome === undefined) await endGroup(child, ended, this.#parts.clock)
    if (outcome !== undefined && outcome.code !== 0) return { kind: 'problem', problem: this.#why(outcome) }
    return { kind: 'sample', bytes: Buffer.concat(pieces), what: 'what it said in its first second' }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true
    this.#cancel()
    if (this.#child !== undefined) await endGroup(this.#child.process, this.#child.ended, this.#parts.clock)
  }

  #ended(outcome: Outcome, streams: readonly { end(): void }[]): void {
    for (const stream of streams) stream.end()
    this.#child = undefined
    this.#gap = true
    if (this.#stopped) return
    this.#problem = this.#why(outcome)
    this.#parts.log.log('warn', `the command of a log ended: ${this.#problem.message}`)
    this.#cancel = this.#parts.clock.after(this.#retry.next(), () => this.begin())
  }

  #why({ error, code, signal }: Outcome): SourceProblem {
    const name = this.#argv[0]
    if (error === 'ENOENT')
      return {
        code: 'no_command',
        message: `there is no program ${name}; check \`command\`, and PATH where Headroom runs`,
      }
    if (error === 'EACCES')
      return { code: 'no_permission', message: `${name} may not be run by the user Headroom runs as` }
    if (error !== undefined) return { code: 'no_command', message: `${name} could not be started (${error})` }
    const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`
    return {
      code: 'ended',
      message: `${name} ${how}, and is started again; a command that follows a log goes on until it is ended (such as tail -F, journalctl -f)`,
    }
  }
}

type Outcome = { error?: string; code: number | null; signal: NodeJS.Signals | null }

function start([command, ...words]: readonly [string, ...string[]]): {
  process: ChildProcess
  ended: Promise<Outcome>
} {
  const { promise: ended, resolve } = Promise.withResolvers<Outcome>()
  try {
    // A group of its own, so that what it starts can be ended with it.
    const child = spawn(command, words, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], shell: false })
    child.once('error', (error) =>
      resolve({ error: 'code' in error ? String(error.code) : error.name, code: null, signal: null }),
    )
    child.once('close', (code, signal) => resolve({ code, signal }))
    return { process: child, ended }
  } catch (error) {
    // A word with a NUL in it, for instance.
    throw new TypeError('the command cannot be run as it is written', { cause: error })
  }
}
