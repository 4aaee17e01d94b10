import { Frames } from '@headroom/shared/contracts.ts'
import { z } from 'zod'

/** The answer of `GET /frames`, its frames yet to be read one by one: a newer collector's may be of kinds not known here. */
export const FramesAnswer = Frames.extend({ frames: z.array(z.unknown()) })
export type FramesAnswer = z.infer<typeof FramesAnswer>
