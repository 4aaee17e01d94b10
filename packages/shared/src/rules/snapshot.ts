import { z } from 'zod'
import type { Entry } from './entries.ts'
import { type FlagMemory, Gathering, Part, Track } from './memory.ts'
import type { Latest } from './types.ts'

const VERSION = 1

/** The engine's whole memory as it is kept over a restart. */
const Snapshot = z.object({
  version: z.literal(VERSION),
  now: z.number().nullable(),
  latest: z.array(z.tuple([z.number(), z.number(), z.number().nullable()])),
  flags: z.array(
    z.object({
      key: z.string(),
      signature: z.string(),
      parts: z.array(z.tuple([z.number(), Part])),
      tracks: z.array(z.tuple([z.number(), Track])),
      gatherings: z.array(z.tuple([z.string(), Gathering])),
    }),
  ),
})

/** `signature`: what the flag's judging depended on when it was written. */
export type KeptFlag = { key: string; signature: string; memory: FlagMemory }
export type Kept = { now: number | null; latest: Map<number, Latest>; flags: KeptFlag[] }

export function writeSnapshot(
  now: number | null,
  latest: ReadonlyMap<number, Latest>,
  entries: Iterable<Entry>,
): string {
  const flags = [...entries].map(({ key, rule, memory }) => ({
    key,
    signature: rule.signature,
    parts: [...memory.parts],
    tracks: [...memory.tracks],
    gatherings: [...memory.gatherings],
  }))
  return JSON.stringify({
    version: VERSION,
    now,
    latest: [...latest].map(([id, { at, value }]) => [id, at, value]),
    flags,
  } satisfies z.input<typeof Snapshot>)
}

/** What was written, or undefined where the text is not a memory of this version. */
export function readSnapshot(text: string): Kept | undefined {
  const parsed = Snapshot.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  return {
    now: parsed.data.now,
    latest: new Map(parsed.data.latest.map(([id, at, value]) => [id, { at, value }])),
    flags: parsed.data.flags.map(({ key, signature, parts, tracks, gatherings }) => ({
      key,
      signature,
      memory: { parts: new Map(parts), tracks: new Map(tracks), gatherings: new Map(gatherings) },
    })),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
