import { z } from 'zod'
import { IgnoreOption, MapOption } from '../measures/corrections.ts'

const Wanted = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).transform((said) => [said].flat())

export const OtlpOptions = z.strictObject({
  token: z
    .string()
    .trim()
    .min(8, 'must be at least 8 characters')
    .optional()
    .describe('What senders give as Authorization: Bearer. Without one only programs on this very machine may send.'),
  match: z
    .record(z.string().min(1), Wanted)
    .default({})
    .describe('Which resources belong to this system: each attribute must be so, or one of a list.'),
  map: MapOption,
  ignore: IgnoreOption,
})
export type OtlpOptions = z.infer<typeof OtlpOptions>
