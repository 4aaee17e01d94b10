import { z } from 'zod'

const text = z.string()

/** What the collector says of itself. */
export const Status = z.object({
  version: text,
  startedAt: z.number(),
  now: z.number(),
  systems: z.number(),
  sources: z.object({ ok: z.number(), failing: z.number(), pending: z.number() }),
  viewers: z.number(),
  store: z.object({
    kind: text,
    bytes: z.number(),
    samples: z.number(),
    oldestAt: z.number().nullable(),
    writable: z.boolean(),
    /** Why nothing is recorded, or what was set aside at start; in words, with what to do. */
    problem: text.optional(),
    retainSeconds: z.number(),
    maxBytes: z.number(),
    /** What a day adds, by the last hours; null while too little is known. */
    bytesPerDay: z.number().nullable().default(null),
    /** Space left on the volume; null where it cannot be told. */
    freeBytes: z.number().nullable().default(null),
  }),
  config: z.object({
    ok: z.boolean(),
    file: text.nullable(),
    error: text.optional(),
    /** When the configuration in force was read. */
    readAt: z.number().nullable().default(null),
    /** Every problem of the file that was not applied, or warning of the one that was. `line` and `column` count from 1. */
    problems: z
      .array(
        z.object({
          severity: z.enum(['error', 'warning']),
          path: text,
          message: text,
          line: z.number().optional(),
          column: z.number().optional(),
        }),
      )
      .default([]),
  }),
  demo: z.boolean(),
  /** The collector's own use of the machine and how well it keeps up. */
  self: z.object({
    cpuPercent: z.number(),
    rssBytes: z.number(),
    /** 99 of 100 commits took at most so long, of the last few hundred. */
    commitP99Ms: z.number().nullable().default(null),
    /** How late polls start, 99 of 100 at most. */
    latenessP99Ms: z.number().nullable().default(null),
    /** Readings lost because the disk was too slow, since the start. */
    dropped: z.number().default(0),
  }),
  /** The entry script of the page this collector serves: another name than its own tells a page that it is old. */
  page: text.nullable().default(null),
})
export type Status = z.infer<typeof Status>
