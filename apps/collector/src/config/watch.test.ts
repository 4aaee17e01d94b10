import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../lib/clock.ts'
import { loadConfig, type LoadResult } from './load.ts'
import { SMALL_SOURCES } from './testing/small-sources.ts'
import { watchConfig } from './watch.ts'

let folder = ''
let file = ''
const results: LoadResult[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headroom-watch-'))
  file = join(folder, 'headroom.yaml')
  results.length = 0
  await writeFile(file, 'systems: []')
})
afterEach(() => rm(folder, { recursive: true }))

function watching(text?: string): Disposable {
  return watchConfig(file, {
    clock: systemClock,
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
    await vi.waitFor(() => expect(said()).toEqual(['a']), 5_000)
    await writeFile(file, 'systems: [{ id: a }]')
    await writeFile(file, 'systems: [{ id: b }]')
    await vi.waitFor(() => expect(said()).toEqual(['a', 'b']), 5_000)
  })

  test('without a text in use the file is reported at once', async () => {
    using _watcher = watching()
    await vi.waitFor(() => expect(said()).toEqual(['']), 5_000)
  })

  test('a file that is replaced by renaming, as editors do, is followed', async () => {
    using _watcher = watching('systems: []')
    for (const id of ['a', 'b', 'c']) {
      await writeFile(`${file}.tmp`, `systems: [{ id: ${id} }]`)
      await rename(`${file}.tmp`, file)
      await vi.waitFor(() => expect(said().at(-1)).toBe(id), 5_000)
    }
    expect(said()).toEqual(['a', 'b', 'c'])
  })

  test('a bad file is reported with its problems, and so is its mending', async () => {
    using _watcher = watching('systems: []')
    await writeFile(file, 'systms: []')
    await vi.waitFor(() => expect(results.at(-1)?.ok).toBe(false), 5_000)
    await writeFile(file, 'systems: []')
    await vi.waitFor(() => expect(results.at(-1)?.ok).toBe(true), 5_000)
  })

  test('a file that stays away is reported; its return too', async () => {
    using _watcher = watching('systems: []')
    await rm(file)
    await vi.waitFor(() => expect(said()).toEqual(['there is no such file']), 5_000)
    await writeFile(file, 'systems: []')
    await vi.waitFor(() => expect(results.at(-1)?.ok).toBe(true), 5_000)
  })

  test('after its end nothing is reported', async () => {
    const watcher = watching('systems: []')
    watcher[Symbol.dispose]()
    await writeFile(file, 'systems: [{ id: a }]')
    await new Promise((resolve) => systemClock.after(200, () => resolve(undefined)))
    expect(results).toEqual([])
  })
})
