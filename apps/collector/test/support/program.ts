import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Api } from './api.ts'
import { until } from './until.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

type Options = {
  cwd: string
  env?: Record<string, string>
  /** A program that starts it, with its words. */ under?: string[]
}

/** The `headroom` program as a process of its own; killed, with all it started, when disposed. */
export class Program implements AsyncDisposable {
  readonly child: ChildProcess
  readonly #ended: Promise<unknown>
  #out = ''
  #err = ''

  constructor(words: readonly string[], { cwd, env = {}, under = [] }: Options) {
    const [command = process.execPath, ...rest] = [...under, process.execPath, MAIN, ...words]
    // A group of its own, so that what it leaves behind can be found.
    this.child = spawn(command, rest, {
      cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], ...env },
    })
    this.child.stdout?.on('data', (data: Buffer) => (this.#out += data.toString()))
    this.child.stderr?.on('data', (data: Buffer) => (this.#err += data.toString()))
    this.#ended = once(this.child, 'close')
  }

  get out(): string {
    return this.#out
  }

  get err(): string {
    return this.#err
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the program did not start')
    return this.child.pid
  }

  /** Waits until it can be opened, and gives its interface. */
  async api(): Promise<Api> {
    const said = await until(
      () => `${this.#out}${this.#err}`,
      (text) => /is at http\S+/.test(text) || this.child.exitCode !== null,
    )
    const url = /is at (http\S+)/.exec(said)?.[1]
    if (url === undefined) throw new Error(`it ended at once: ${said}`)
    return new Api(url)
  }

  /** The exit code, once it has ended by itself. */
  async code(): Promise<number | null> {
    await this.#ended
    return this.child.exitCode
  }

  /** Whether anything of its group still runs. */
  get leftBehind(): boolean {
    return this.#signal(0)
  }

  async kill(): Promise<void> {
    this.#signal('SIGKILL')
    await this.#ended
  }

  #signal(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-this.pid, signal)
    } catch {
      return false
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }
}
