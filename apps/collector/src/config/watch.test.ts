import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Clock, systemClock } from '../lib/clock.ts'
import { FakeClock } from '../lib/fake-clock.ts'
import { loadConfig, type LoadResult } from './load.ts'
import { SMALL_SOURCES } from './testing/small-sources.ts'
import { watchConfig } from './watch.ts'

let folder = ''
let file = ''
const results: LoadResult[] = []
const WITHIN_MS = 20_000

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-watch-'))
  file = join(folder, 'headroom.yaml')
  results.length = 0
  await writeFile(file, 'systems: []')
})
afterEach(() => rm(folder, { recursive: true }))

function watching(text?: string, clock: Clock = systemClock): Disposable {
  return watchConfig(file, {
    clock,
    ...(text === undefined ? {} : { text }),
    load: (content) => loadConfig(content, { lookup: () => undefined, sources: SMALL_SOURCES, presets: new Map([]) }),
    onResult: (result) => results.push(result),
    debounceMs: 20,
    pollMs: 50,
  })
}

/** What was reported so far: the systems' ids, or the first problem. */
function said(): string[] {
  return results.map((result) =>
    result.ok ? result.config.systems.map(({ id }) => id).join() : (result.problems[0]?.message ?? ''),
  )
}

describe('watchConfig', () => {
  test('a saved change is loaded and reported once', async () => {
    using _watcher = watching('systems: []')
    await writeFile(file, 'systems: [{ id: a }]')
    await vi.waitFor(() => expect(said()).toEqual(['a']), WITHIN_MS)
    await writeFile(file, 'systems: [{ id: a }]')
    await writeFile(file, 'systems: [{ id: b }]')
    await vi.waitFor(() => expect(said()).toEqual(['a', 'b']), WITHIN_MS)
  })

  test('without a text in use the file is reported at once', async () => {
    using _watcher = watching()
    await vi.waitFor(() => expect(said()).toEqual(['']), WITHIN_MS)
  })

  test('a file that is replaced by renaming, as editors do, is followed', async () => {
    using _watcher = watching('systems: []')
    for (const id of ['a', 'b', 'c']) {
      await writeFile(`${file}.tmp`, `systems: [{ id: ${id} }]`)
      await rename(`${file}.tmp`, file)
      await vi.waitFor(() => expect(said().at(-1)).toBe(id), WITHIN_MS)
    }
    expect(said()).toEqual(['a', 'b', 'c'])
  })

  test('a file that is emptied and then written, however slowly, is reported as what was written', async () => {
    const clock = new FakeClock()
    using _watcher = watching('systems: []', clock)
    await writeFile(file, '')
    for (let passed = 0; passed < 90; passed += 5) {
      await clock.advance(5)
      // What the watcher began to read by now has been read before this is.
      await readFile(file)
    }
    await writeFile(file, 'systems: [{ id: a }]')
    await vi.waitFor(async () => {
      await clock.advance(20)
      expect(said()).not.toEqual([])
    }, WITHIN_MS)
    expect(said()).toEqual(['a'])
  })

  test('a file that stays empty is reported', async () => {
    using _watcher = watching('systems: []')
    await writeFile(file, '')
    await vi.waitFor(() => expect(said()).toEqual(['the file is empty']), WITHIN_MS)
  })

  test('a bad file is reported with its problems, and so is its mending', async () => {
    using _watcher = watching('systems: []')
    await writeFile(file, 'systms: []')
    await vi.waitFor(() => expect(results.at(-1)?.ok).toBe(false), WITHIN_MS)
    await writeFile(file, 'systems: []')
    await vi.waitFor(() => expect(results.at(-1)?.ok).toBe(true), WITHIN_MS)
  })

  test('a file that stays away is reported; its return too', async () => {
    using _watcher = watching('systems: []')
    await rm(file)
    await vi.waitFor(() => expect(said()).toEqual(['there is no such file']), WITHIN_MS)
    await writeFile(file, 'systems: []')
    await vi.waitFor(() => expect(results.at(-1)?.ok).toBe(true), WITHIN_MS)
  })

  test('after its end nothing is reported', async () => {
    const watcher = watching('systems: []')
    watcher[Symbol.dispose]()
    await writeFile(file, 'systems: [{ id: a }]')
    await new Promise((resolve) => systemClock.after(200, () => resolve(undefined)))
    expect(results).toEqual([])
  })
})
