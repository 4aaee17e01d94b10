import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { wholeLines } from '../lines/whole-lines.ts'
import type { Follower, FollowerParts, Look } from '../follower.ts'
import type { Standing } from '../tally.ts'
import { MAX_BYTES_PER_SECOND } from '../tally.ts'
import { fsProblem } from './fs-problem.ts'
import { OpenLog, openForReading, readEnd } from './open-log.ts'
import { beginAt, markBefore, movedTo, type Place, placeIn, recalledPlace } from './place.ts'

/** How often a file is looked at between the questions: what is truncated or renamed in between is not lost. */
const LOOK_MS = 500
/** A program may go on writing for a while to a file that was renamed under it. */
const LINGER_MS = 30_000
/** A file that has been moved away is expected back for so long. */
const PATIENCE_MS = 10_000
/** Further behind than this, reading goes on near the end: what is told must be of now. */
const MAX_BEHIND = 4 * MAX_BYTES_PER_SECOND
const LOOK_BYTES = 2 ** 20
const MAX_OLD = 4
/** A place is kept when it changes, and so often: how old it is tells how long the collector was away. */
const KEEP_MS = 60_000

/**
 * Follows the file of a name: from where the collector had got to, from its end, or from its beginning when it appears
 * later. It may be renamed and made anew, copied and truncated, deleted and come back.
 */
export class FileFollower implements Follower {
  readonly #path: string
  readonly #parts: FollowerParts
  readonly #stop = new AbortController()
  #log: OpenLog | undefined
  /** Files that were renamed, and may still be written to. */
  #old: { log: OpenLog; until: number }[] = []
  #problem: SourceProblem | undefined
  #goneAt: number | undefined
  /** How the file was when all of it had been read: while it is so there is nothing to read. */
  #quiet: { size: number; mtimeMs: number } | undefined
  /** Whether the name has been looked up before: what appears after that is new, and read from its beginning. */
  #looked = false
  #behind = false
  #kept: { identity: string; offset: number; at: number } | undefined
  /** Whether there was a problem at any time since the last question. */
  #gap: SourceProblem | undefined
  #turn: Promise<void> = Promise.resolve()
  #cancel: () => void = () => undefined

  constructor(path: string, parts: FollowerParts) {
    this.#path = path
    this.#parts = parts
  }

  begin(): void {
    void this.#round()
  }

  async catchUp(): Promise<Standing> {
    await this.#once()
    await this.#remember().catch(() => undefined)
    const gap = this.#gap
    this.#gap = undefined
    if (this.#problem !== undefined) return { kind: 'nothing', problem: this.#problem }
    return gap !== undefined || this.#behind ? { kind: 'part' } : { kind: 'whole' }
  }

  async look(): Promise<Look> {
    const opened = await this.#open()
    if ('problem' in opened) return { kind: 'problem', problem: opened.problem }
    try {
      const { bytes, whole } = await readEnd(opened.handle, LOOK_BYTES)
      return { kind: 'sample', bytes: wholeLines(bytes, whole), what: whole ? 'the file' : 'the last 1.0 MiB' }
    } finally {
      await opened.handle.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    this.#cancel()
    await this.#turn
    await this.#log?.close()
    await this.#forget(this.#old)
    this.#log = undefined
    this.#old = []
  }

  async #round(): Promise<void> {
    await this.#once()
    if (!this.#stop.signal.aborted) this.#cancel = this.#parts.clock.after(LOOK_MS, () => void this.#round())
  }

  /** One look after the other. */
  #once(): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      if (this.#stop.signal.aborted) return
      try {
        await this.#readOld()
        await this.#readNamed()
      } catch (error) {
        this.#fails(fsProblem(this.#path, error))
      }
    })
    return this.#turn
  }

  #fails(problem: SourceProblem): void {
    this.#problem = problem
    this.#gap = problem
  }

  async #readNamed(): Promise<void> {
    const { clock } = this.#parts
    if (await this.#unchanged()) return
    const opened = await this.#open()
    const first = !this.#looked
    this.#looked = true
    if ('problem' in opened) {
      await this.#drain()
      this.#goneAt ??= clock.monotonic()
      const patience = this.#log === undefined ? 0 : PATIENCE_MS
      if (clock.monotonic() - this.#goneAt >= patience) this.#fails(opened.problem)
      return
    }
    this.#goneAt = undefined
    this.#problem = undefined
    const { handle, stats } = opened
    if (this.#log?.identity === identityOf(stats)) {
      await handle.close()
      if (stats.size < this.#log.offset) await this.#anew()
    } else {
      await this.#drain()
      if (this.#log !== undefined) this.#old.push({ log: this.#log, until: clock.monotonic() + LINGER_MS })
      await this.#forget(this.#old.splice(0, Math.max(0, this.#old.length - MAX_OLD)))
      const offset = first ? await this.#begin(handle, stats) : 0
      this.#log = new OpenLog(handle, identityOf(stats), this.#parts.tally.stream(), offset)
    }
    await this.#drain()
    this.#quiet = this.#behind ? undefined : { size: stats.size, mtimeMs: stats.mtimeMs }
  }

  /** Where the collector had got to before it was started again, and else the end. */
  async #begin(handle: OpenLog['handle'], stats: Stats): Promise<number> {
    const place = recalledPlace(this.#parts.memory?.recall(), this.#path, this.#parts.clock.now())
    if (place === undefined) return stats.size
    const identity = identityOf(stats)
    const offset = await beginAt(place, handle, stats, identity)
    if (offset === 0 && identity !== place.identity) await this.#resumeMoved(place)
    return offset
  }

  /** The file was renamed while nobody looked: what was written to it before is read to its end. */
  async #resumeMoved(place: Place): Promise<void> {
    const path = await movedTo(place, identityOf)
    if (path === undefined) return
    const handle = await openForReading(path)
    if ((await markBefore(handle, place.offset)) !== place.mark) return handle.close()
    const log = new OpenLog(handle, place.identity, this.#parts.tally.stream(), place.offset)
    this.#old.push({ log, until: this.#parts.clock.monotonic() + LINGER_MS })
    await log.read(() => this.#parts.tally.allowance(), this.#stop.signal)
  }

  /** Keeps the place up to which all is told with the reading under way: what is read after it is read again. */
  async #remember(): Promise<void> {
    const { memory, clock } = this.#parts
    const log = this.#log
    if (memory === undefined || log === undefined || this.#stop.signal.aborted) return
    const now = clock.now()
    const { identity, offset } = log
    const kept = this.#kept
    if (kept?.identity === identity && kept.offset === offset && now - kept.at < KEEP_MS) return
    this.#kept = { identity, offset, at: now }
    memory.keep(JSON.stringify(await placeIn(this.#path, log, now)))
  }

  /** Whether the name still stands for the file that was read to its end, and nothing was written since. */
  async #unchanged(): Promise<boolean> {
    if (this.#log === undefined || this.#quiet === undefined || this.#problem !== undefined) return false
    const stats = await stat(this.#path).catch(() => undefined)
    const { size, mtimeMs } = this.#quiet
    if (
      stats !== undefined &&
      identityOf(stats) === this.#log.identity &&
      stats.size === size &&
      stats.mtimeMs === mtimeMs
    )
      return this.#goneAt === undefined
    this.#quiet = undefined
    return false
  }

  async #drain(): Promise<void> {
    if (this.#log === undefined) return
    const allowance = (): number => this.#parts.tally.allowance()
    let outcome = await this.#log.read(allowance, this.#stop.signal)
    if (outcome === 'anew') {
      await this.#anew()
      outcome = (await this.#log?.read(allowance, this.#stop.signal)) ?? 'all'
    }
    this.#behind = outcome !== 'all'
    const log = this.#log
    if (!this.#behind) return
    const { size } = await log.handle.stat()
    if (size - log.offset > MAX_BEHIND) log.jump(size - LOOK_BYTES)
  }

  /** The file was truncated, or written anew in place: what is in it now is new. */
  async #anew(): Promise<void> {
    const before = this.#log
    if (before === undefined) return
    before.stream.end()
    this.#log = new OpenLog(before.handle, before.identity, this.#parts.tally.stream(), 0)
  }

  async #readOld(): Promise<void> {
    const now = this.#parts.clock.monotonic()
    for (const { log } of this.#old) await log.read(() => this.#parts.tally.allowance(), this.#stop.signal)
    const over = this.#old.filter(({ until }) => until <= now)
    this.#old = this.#old.filter(({ until }) => until > now)
    await this.#forget(over)
  }

  async #forget(old: readonly { log: OpenLog }[]): Promise<void> {
    for (const { log } of old) await log.close()
  }

  async #open(): Promise<{ handle: OpenLog['handle']; stats: Stats } | { problem: SourceProblem }> {
    try {
      const handle = await openForReading(this.#path)
      const stats = await handle.stat()
      if (stats.isFile()) return { handle, stats }
      await handle.close()
      const what = stats.isDirectory() ? 'a folder' : 'no ordinary file'
      const hint = stats.isDirectory() ? 'name the file in it' : 'for a pipe, use `command: [cat, PATH]`'
      return { problem: { code: 'not_a_file', message: `${this.#path} is ${what}; ${hint}` } }
    } catch (error) {
      return { problem: fsProblem(this.#path, error) }
    }
  }
}

/** A file by what it is and not by its name. */
function identityOf({ dev, ino }: Stats): string {
  return `${dev}/${ino}`
}
