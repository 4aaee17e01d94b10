import { ROUTES } from '@headroom/shared/contracts.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import { maySee } from '../access.ts'
import { type Endpoint, endpoint, given } from '../endpoint.ts'
import { ApiError } from '../errors.ts'
import { pageOf } from '../page.ts'
import type { Reads, Writes } from '../ports.ts'

export function notesRoutes({
  notes,
  addNote,
  changeNote,
  removeNote,
  now,
}: Pick<Reads, 'notes'> & Writes & { now: () => number }): Endpoint[] {
  return [
    endpoint(ROUTES.notes, async ({ query: { system, from, to, at, before, limit }, identity }) => {
      const page = pageOf(
        await notes({ limit: limit + 1, ...given({ system, from, to, at, before }) }),
        limit,
        (note) => note.at,
      )
      return {
        body: page.items.filter((note) => maySee(identity, note.system)),
        ...(page.before === undefined ? {} : { next: { before: page.before } }),
      }
    }),
    endpoint(ROUTES.addNote, async ({ body, identity }) => {
      const note = { ...body, at: body.at ?? now() }
      inOrder(note.at, note.until)
      return { body: await addNote(note, identity.name), status: 201 }
    }),
    endpoint(ROUTES.changeNote, async ({ params, body, identity }) => {
      if (body.at !== undefined) inOrder(body.at, body.until ?? undefined)
      return { body: found(await changeNote(params.id, body, identity.name), params.id) }
    }),
    endpoint(ROUTES.removeNote, async ({ params, identity }) => ({
      body: found(await removeNote(params.id, identity.name), params.id),
    })),
  ]
}

function inOrder(at: number, until: number | undefined): void {
  if (until !== undefined && until < at)
    throw new ApiError(
      400,
      'bad_span',
      `"until" (${until}) must not be before "at" (${at}): both are epoch milliseconds.`,
      'until',
    )
}

function found(note: Note | null, id: string): Note {
  if (note === null)
    throw new ApiError(
      404,
      'unknown_note',
      `There is no note ${JSON.stringify(id)}: it may have been removed. GET /api/v1/notes lists them.`,
      'id',
    )
  return note
}
