import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import { z } from 'zod'
import { Id } from './fields.ts'
import { isTimeZone, machineTimeZone, parseMark, parseTime } from './local-time.ts'

const Mark = z.strictObject({
  at: z
    .string({ error: 'must be a time such as "09:30", in quotes' })
    .describe('A time of the day, or a whole local time.'),
  name: z.string().min(1),
})

const Written = z.strictObject({
  id: Id,
  name: z.string().optional().describe('What the screens call it; by default its id.'),
  systems: z.array(z.string()).default([]).describe('The systems it concerns; without it, all.'),
  timezone: z
    .string()
    .refine(isTimeZone, 'is not a known time zone; write it as Europe/Amsterdam')
    .optional()
    .describe("By default the machine's own."),
  start: z
    .string({ error: 'must be a local time such as "2026-11-25T09:00"' })
    .describe('Local time in that zone, such as 2026-11-25T09:00.'),
  end: z.string({ error: 'must be a local time such as "2026-11-25T12:00"' }),
  people: z.int().min(0).optional().describe('How many people are expected.'),
  runsheet: z.array(Mark).default([]).describe('What happens when; shown on the time axis.'),
})

/** An event of headroom.yaml: what was written, checked, and its times as moments. */
export const EventField = Written.transform((event, context): PlannedEvent => {
  const timezone = event.timezone ?? machineTimeZone()
  const say = (path: (string | number)[], message: string, input: unknown): void => {
    context.issues.push({ code: 'custom', path, message, input })
  }
  const startAt = parseTime(event.start, timezone)
  const endAt = parseTime(event.end, timezone)
  if (startAt === undefined) say(['start'], 'must be a local time such as 2026-11-25T09:00', event.start)
  if (endAt === undefined) say(['end'], 'must be a local time such as 2026-11-25T12:00', event.end)
  if (startAt !== undefined && endAt !== undefined && endAt <= startAt)
    say(['end'], 'must be later than the start', event.end)
  const runsheet = event.runsheet.map((mark, index) => {
    const at = startAt === undefined ? 0 : parseMark(mark.at, timezone, startAt)
    if (at === undefined) say(['runsheet', index, 'at'], 'must be a time such as "09:30"', mark.at)
    return { at: at ?? 0, name: mark.name }
  })
  return {
    id: event.id,
    name: event.name ?? event.id,
    systems: event.systems,
    timezone,
    startAt: startAt ?? 0,
    endAt: endAt ?? 0,
    ...(event.people === undefined ? {} : { people: event.people }),
    runsheet: runsheet.toSorted((a, b) => a.at - b.at),
  }
})
