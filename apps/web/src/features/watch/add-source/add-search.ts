import { z } from 'zod'

/** A word that the address may hold bare: `?system=5` is read as a number. */
const Word = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((word) => String(word).slice(0, 200))
  .optional()
  .catch(undefined)

/** What the address of the screen says: the kind that was chosen, and the system it is for. Never anything that was typed. */
export const AddSearch = z.object({ kind: Word, system: Word })
