import type { DatabaseSync } from 'node:sqlite'
import { ByteWriter } from './codec/bytes.ts'
import { decodeChunk, encodeChunk } from './codec/chunk.ts'
import { overlay, Points, samePoints } from './points.ts'
import {
  blockKey,
  blockOf,
  blockOfKey,
  chunkKey,
  firstWindow,
  SLOTS_PER_BLOCK,
  windowOfKey,
  windowStart,
} from './windows.ts'

type Row = [id: number, count: number, data: Uint8Array]

/** The closed chunks. Points handed out are the same ones each time: use them before the next call. */
export class ChunkTable {
  #out = new ByteWriter()
  #scratch = new Points(64)
  #blocks = new Set<number>()
  #one
  #between
  #newest
  #oldest
  #upsert

  constructor(database: DatabaseSync) {
    this.#one = database.prepare('SELECT id, count, data FROM chunk WHERE id = ?')
    this.#between = database.prepare('SELECT id, count, data FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id')
    this.#newest = database.prepare(
      'SELECT id, count, data FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1',
    )
    this.#oldest = database.prepare('SELECT id, count, data FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1')
    this.#upsert = database.prepare(
      'INSERT INTO chunk VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count, data = excluded.data',
    )
    for (const statement of [this.#one, this.#between, this.#newest, this.#oldest]) statement.setReturnArrays(true)
    this.#findBlocks(database)
  }

  /** The days that may hold chunks, ascending. */
  blocks(): number[] {
    return [...this.#blocks].toSorted((a, b) => a - b)
  }

  forgetBlock(block: number): void {
    this.#blocks.delete(block)
  }

  /** Lays samples over a chunk. Gives how many samples it holds now, and how many before. */
  merge(series: number, window: number, log: Points): { before: number; after: number } {
    const key = chunkKey(series, window)
    const base = this.#read(series, window)
    const merged = overlay(base, log)
    const before = base?.length ?? 0
    if (base !== null && samePoints(base, merged)) return { before, after: before }
    this.#out.clear()
    encodeChunk(merged, windowStart(series, window), this.#out)
    this.#upsert.run(key, merged.length, this.#out.view())
    this.#blocks.add(blockOf(window))
    return { before, after: merged.length }
  }

  /** How many of the samples the chunk lacks; null when it holds all of them just as they are. */
  missing(series: number, window: number, log: Points): number | null {
    const base = this.#read(series, window)
    const merged = overlay(base, log)
    return base !== null && samePoints(base, merged) ? null : merged.length - (base?.length ?? 0)
  }

  /** Every chunk of a series from one window to another, ascending. */
  scan(series: number, from: number, to: number, visit: (window: number, points: Points) => void): void {
    for (const block of this.blocks()) {
      const first = Math.max(from, firstWindow(block))
      const last = Math.min(to, firstWindow(block) + SLOTS_PER_BLOCK - 1)
      if (first > last) continue
      for (const row of this.#between.all(chunkKey(series, first), chunkKey(series, last)) as unknown as Row[]) {
        const window = windowOfKey(row[0])
        visit(window, this.#decode(series, window, row))
      }
    }
  }

  /** The newest chunk of a series in the windows `from` to `to`. */
  newest(series: number, from: number, to: number): { window: number; points: Points } | null {
    for (const block of this.blocks().toReversed()) {
      const first = Math.max(from, firstWindow(block))
      const last = Math.min(to, firstWindow(block) + SLOTS_PER_BLOCK - 1)
      if (first > last) continue
      const row = this.#newest.get(chunkKey(series, first), chunkKey(series, last)) as Row | undefined
      if (row !== undefined)
        return { window: windowOfKey(row[0]), points: this.#decode(series, windowOfKey(row[0]), row) }
    }
    return null
  }

  /** The time of the first sample of a series in closed chunks of the windows `from` to `to` of one day. */
  first(series: number, from: number, to: number): number | null {
    const row = this.#oldest.get(chunkKey(series, from), chunkKey(series, to)) as Row | undefined
    return row === undefined ? null : this.#decode(series, windowOfKey(row[0]), row).time(0)
  }

  #read(series: number, window: number): Points | null {
    const row = this.#one.get(chunkKey(series, window)) as Row | undefined
    return row === undefined ? null : this.#decode(series, window, row)
  }

  #decode(series: number, window: number, [, count, data]: Row): Points {
    decodeChunk(data, count, windowStart(series, window), this.#scratch)
    return this.#scratch
  }

  /** Hops from day to day by the key: one look-up a day. */
  #findBlocks(database: DatabaseSync): void {
    const next = database.prepare('SELECT id FROM chunk WHERE id >= ? ORDER BY id LIMIT 1')
    for (let row = next.get(0); row !== undefined;) {
      const block = blockOfKey(Number(row['id']))
      this.#blocks.add(block)
      row = next.get(blockKey(block + 1))
    }
  }
}
