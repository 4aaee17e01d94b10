import { randomUUID } from 'node:crypto'
import type { Note } from '@headroom/shared/model/note.ts'
import type { World } from '@headroom/shared/world/world.ts'
import type { Writes } from './http/ports.ts'
import type { Clock } from './lib/clock.ts'
import type { Pipeline } from './pipeline/pipeline.ts'

/** Writing, changing and removing notes: each is a kept transition like any other. */
export function createWrites(pipeline: Pick<Pipeline, 'say'>, world: World, clock: Clock): Writes {
  return {
    async addNote({ at, until, system, text, kind }, by) {
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
      const note: Note = { ...kept, at: at ?? before.at, text: text ?? before.text, ...(untilNow === undefined ? {} : { until: untilNow }) }
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
