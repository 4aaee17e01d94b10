import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whom servers run as where the tests run as root, which some of them refuse. */
const NOBODY = 65_534
const PATIENCE_MS = 5_000

/** `patient`: when disposed it is asked to end before it is made to. */
export type DaemonOptions = { cwd?: string; env?: Record<string, string>; patient?: boolean }

/** A folder of its own for a server, which it may write to. */
export async function serverFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'headroom-server-'))
  if (isRoot()) await chown(path, NOBODY, NOBODY)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** A server, or a worker, that runs for a test, as nobody special; stopped by its own number when disposed. */
export class Daemon implements AsyncDisposable {
  readonly child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #patient: boolean
  #said = ''

  constructor([command = '', ...words]: readonly string[], { cwd, env = {}, patient = true }: DaemonOptions = {}) {
    this.#patient = patient
    this.child = spawn(command, words, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(isRoot() ? { uid: NOBODY, gid: NOBODY } : {}),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', ...env },
    })
    const note = (data: Buffer): void => void (this.#said = (this.#said + data.toString()).slice(-20_000))
    this.child.stdout?.on('data', note)
    this.child.stderr?.on('data', note)
    this.#ended = once(this.child, 'close').catch(() => undefined)
  }

  /** What it said last. */
  get said(): string {
    return this.#said
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('it did not start')
    return this.child.pid
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Ends it as this signal does, and waits until it is gone; SIGKILL ends what it started as well. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const started = signal === 'SIGKILL' ? descendants(this.pid) : []
    this.child.kill(signal)
    for (const pid of started) kill(pid)
    await this.#ended
  }

  /** The exit code, once it has ended by itself. */
  async code(): Promise<number | null> {
    await this.#ended
    return this.child.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.running) return
    if (this.#patient) this.child.kill('SIGTERM')
    const force = setTimeout(() => void this.end('SIGKILL'), this.#patient ? PATIENCE_MS : 0)
    await this.#ended
    clearTimeout(force)
  }
}

/** The processes that a process started, and those that they did. */
function descendants(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number)
    return children.flatMap((child) => [child, ...descendants(child)])
  } catch {
    return []
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was gone before.
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}
