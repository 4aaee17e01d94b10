import type { FlagMemory, Part, Standing, Track } from './memory.ts'

/**
 * A clock that was set back by `ms`: all that is remembered moves back with it, so that what was held goes on being
 * held and new samples are not taken for late ones. What an alert has already said of itself stays.
 */
export function moveBack(memory: FlagMemory, ms: number): void {
  for (const [series, part] of memory.parts) memory.parts.set(series, movePart(part, ms))
  for (const [key, track] of memory.tracks) memory.tracks.set(key, moveTrack(track, ms))
  for (const [source, gathering] of memory.gatherings)
    memory.gatherings.set(source, { ...gathering, at: gathering.at - ms })
}

function moveTrack(track: Track, ms: number): Track {
  return {
    at: track.at - ms,
    standing: moveStanding(track.standing, ms),
    whens: track.whens.map((when) => ({
      ...when,
      at: when.at - ms,
      since: back(when.since, ms),
      points: movePairs(when.points, ms),
    })),
    ...(track.part === undefined ? {} : { part: movePart(track.part, ms) }),
  }
}

function moveStanding(standing: Standing, ms: number): Standing {
  switch (standing.phase) {
    case 'inactive':
      return standing
    case 'pending':
      return { ...standing, at: standing.at - ms, from: standing.from - ms }
    case 'firing': {
      const { clearing } = standing
      return {
        ...standing,
        at: standing.at - ms,
        saidAt: standing.saidAt - ms,
        clearing: clearing === null ? null : { ...clearing, from: clearing.from - ms },
      }
    }
  }
}

function movePart(part: Part, ms: number): Part {
  switch (part.kind) {
    case 'count':
      return { ...part, at: part.at - ms, from: part.from - ms, events: movePairs(part.events, ms) }
    case 'change':
      return {
        ...part,
        at: part.at - ms,
        drops: part.drops.map((at) => at - ms),
        alternatedAt: back(part.alternatedAt, ms),
      }
    case 'leak':
      return { ...part, minima: movePairs(part.minima, ms) }
    case 'mean':
      return { ...part, at: part.at - ms, buckets: part.buckets.map(([at, area, covered]) => [at - ms, area, covered]) }
    case 'absent':
      return { ...part, from: back(part.from, ms) }
  }
}

function movePairs(pairs: readonly [number, number][], ms: number): [number, number][] {
  return pairs.map(([at, value]) => [at - ms, value])
}

function back(at: number | null, ms: number): number | null {
  return at === null ? null : at - ms
}
