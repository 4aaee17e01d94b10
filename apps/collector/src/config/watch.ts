import { watch, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Clock } from '../lib/clock.ts'
import { NO_FILE, readConfigText, type LoadResult } from './load.ts'
import { Secrets } from './secrets.ts'

export type WatchOptions = {
  clock: Clock
  /**
   * The text that is already in use; only another one is reported. Null: there is no file yet. Without it the file is
   * reported at once.
   */
  text?: string | null
  load(text: string): LoadResult
  onResult(result: LoadResult): void
  /** How long the file must be left alone before it is read: editors write in several steps. */
  debounceMs?: number
  /** How often it is looked at where the system does not tell of changes (network drives, containers). */
  pollMs?: number
}

/**
 * Follows headroom.yaml: every saved change is loaded and reported, good or bad; keeping the last good one is the
 * caller's part. The folder is watched, not the file, because editors and ConfigMaps replace the file by renaming.
 */
export function watchConfig(file: string, options: WatchOptions): Disposable {
  const watcher = new ConfigWatcher(file, options)
  watcher.start()
  return watcher
}

function seenAs(text: string | null | undefined): string | undefined {
  if (text === undefined) return undefined
  return text === null ? `problem:${NO_FILE}` : `text:${text}`
}

class ConfigWatcher implements Disposable {
  readonly #file: string
  readonly #options: WatchOptions
  readonly #debounceMs: number
  readonly #pollMs: number
  #seen: string | undefined
  #signature = ''
  #watcher: FSWatcher | undefined
  #cancelRead = (): void => undefined
  #cancelPoll = (): void => undefined
  #reading: Promise<void> = Promise.resolve()
  #closed = false

  constructor(file: string, options: WatchOptions) {
    this.#file = file
    this.#options = options
    this.#debounceMs = options.debounceMs ?? 100
    this.#pollMs = options.pollMs ?? 2_000
    this.#seen = seenAs(options.text)
  }

  start(): void {
    this.#watchFolder()
    this.#poll()
    this.#soon(0)
  }

  [Symbol.dispose](): void {
    this.#closed = true
    this.#cancelRead()
    this.#cancelPoll()
    this.#watcher?.close()
  }

  #watchFolder(): void {
    try {
      this.#watcher = watch(dirname(this.#file), { persistent: false }, (_event, name) => {
        // A ConfigMap swaps a link called ..data; some systems give no name at all.
        if (name === null || name === basename(this.#file) || name.startsWith('..')) this.#soon(this.#debounceMs)
      })
      // Looking at it now and then goes on without.
      this.#watcher.on('error', () => this.#watcher?.close())
    } catch {
      this.#watcher = undefined
    }
  }

  #poll(): void {
    this.#cancelPoll = this.#options.clock.after(this.#pollMs, () => {
      void this.#look().finally(() => {
        if (!this.#closed) this.#poll()
      })
    })
  }

  async #look(): Promise<void> {
    const signature = await stat(this.#file).then(
      (info) => `${info.mtimeMs}/${info.size}/${info.ino}`,
      () => 'none',
    )
    if (signature !== this.#signature && !this.#closed) this.#soon(this.#debounceMs)
    this.#signature = signature
  }

  #soon(ms: number): void {
    if (this.#closed) return
    this.#cancelRead()
    this.#cancelRead = this.#options.clock.after(ms, () => {
      // One after the other, so that an older text can never be reported last.
      this.#reading = this.#reading.then(() => this.#read(true))
    })
  }

  async #read(patient: boolean): Promise<void> {
    const found = await readConfigText(this.#file)
    if (this.#closed) return
    const { text = '' } = 'text' in found ? found : {}
    if (patient && text.trim() === '') {
      // Between an editor's removing and renaming there is no file, and between emptying and writing nothing in it; only
      // one that stays away or empty is worth a word.
      this.#cancelRead = this.#options.clock.after(this.#debounceMs * 5, () => {
        this.#reading = this.#reading.then(() => this.#read(false))
      })
      return
    }
    if ('text' in found) return this.#report(`text:${text}`, () => this.#options.load(text))
    const { problem } = found
    this.#report(`problem:${problem.message}`, () => ({ ok: false, problems: [problem], secrets: new Secrets() }))
  }

  #report(seen: string, result: () => LoadResult): void {
    if (seen === this.#seen) return
    this.#seen = seen
    this.#options.onResult(result())
  }
}
