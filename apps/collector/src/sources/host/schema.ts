import { z } from 'zod'

export const HostOptions = z.strictObject({
  disks: z
    .array(z.string().min(1))
    .max(32)
    .optional()
    .describe('Mount points; without it, the disks this machine has.'),
  networks: z
    .array(z.string().min(1))
    .max(32)
    .optional()
    .describe('Network interfaces; without it, those that lead out.'),
  processes: z.int().min(0).max(20).default(5).describe('How many of the busiest processes are listed; 0 lists none.'),
})
export type HostOptions = z.infer<typeof HostOptions>
