import { randomUUID } from 'node:crypto'
import type { Note } from '@headroom/shared/model/note.ts'
import type { World } from '@headroom/shared/world/world.ts'
import { ApiError } from './http/errors.ts'
import type { Writes } from './http/ports.ts'
import type { Clock } from './lib/clock.ts'
import { didYouMean } from './lib/nearest.ts'
import type { Pipeline } from './pipeline/pipeline.ts'

/** Writing, changing and removing notes: each is a kept transition like any other. */
export function createWrites(pipeline: Pick<Pipeline, 'say'>, world: World, clock: Clock): Writes {
  return {
    async addNote({ at, until, system, text, kind }, by) {
      if (system !== undefined && !world.definitions.has(system))
        throw unknownSystem(system, [...world.definitions.keys()])
      const note: Note = {
        id: randomUUID(),
        at: at ?? clock.now(),
        text,
        kind,
        by,
        ...(until === undefined ? {} : { until }),
        ...(system === undefined ? {} : { system }),
      }
      await pipeline.say({ kind: 'note', note })
      return note
    },
    async changeNote(id, { until, at, text }) {
      const before = world.notes.get(id)
      if (before === undefined) return null
      const { until: untilBefore, ...kept } = before
      const untilNow = until === undefined ? untilBefore : (until ?? undefined)
      const note: Note = {
        ...kept,
        at: at ?? before.at,
        text: text ?? before.text,
        ...(untilNow === undefined ? {} : { until: untilNow }),
      }
      if (note.until !== undefined && note.until < note.at) {
        throw new ApiError(
          400,
          'bad_span',
          `The note would end (${note.until}) before it begins (${note.at}): give "until" too, or null.`,
          'until',
        )
      }
      await pipeline.say({ kind: 'note', note })
      return note
    },
    async removeNote(id) {
      const note = world.notes.get(id)
      if (note === undefined) return null
      await pipeline.say({ kind: 'note', note, deleted: true })
      return note
    },
  }
}

function unknownSystem(system: string, known: readonly string[]): ApiError {
  const hint = didYouMean(system, known) ?? 'GET /api/v1/systems lists them'
  return new ApiError(404, 'unknown_system', `There is no system ${JSON.stringify(system)}; ${hint}.`, 'system')
}
