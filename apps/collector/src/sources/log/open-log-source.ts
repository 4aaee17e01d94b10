import type { Reading } from '@headroom/shared/model/reading.ts'
import type { CommonOptions, PushSource, SourceContext } from '../types.ts'
import type { Follower, FollowerParts } from './follower.ts'
import { lookReading } from './look-reading.ts'
import { type Pattern, patternSet } from './patterns/pattern-set.ts'
import type { LogOptions } from './schema.ts'
import { Tally } from './tally.ts'

export type LogSource = PushSource & { poll(signal: AbortSignal): Promise<Reading> }

export async function openLogSource(options: LogOptions & CommonOptions, context: SourceContext): Promise<LogSource> {
  const { everyMs, timeoutMs } = options
  const { clock, log, refuseAddress, guide, memory } = context
  const set = patternSet(patternsOf(options, guide))
  const tally = new Tally({ set, counts: guide?.counts ?? {}, everyMs, clock })
  const follower = await followerOf(options, { tally, clock, log, timeoutMs, refuseAddress, memory })
  let begun = false
  return {
    listen() {
      begun = true
      follower.begin()
    },
    async poll(signal) {
      if (set.patterns.length === 0) return nothingToLookFor()
      return begun ? tally.take(await follower.catchUp(signal)) : lookReading(await follower.look(signal), set)
    },
    [Symbol.asyncDispose]: () => follower[Symbol.asyncDispose](),
  }
}

/** Of two with the same id the configuration's counts, and a sign is good or it is not. */
function patternsOf({ patterns, goodSigns }: LogOptions, guide: SourceContext['guide']): Pattern[] {
  const all = new Map<string, Pattern>()
  const add = (given: Readonly<Record<string, string>>, good: boolean): void => {
    for (const [id, expression] of Object.entries(given)) all.set(id, { id, expression, good })
  }
  add(guide?.patterns ?? {}, false)
  add(guide?.goodSigns ?? {}, true)
  add(patterns, false)
  add(goodSigns, true)
  return [...all.values()]
}

/** Each way of reading a log is loaded where it is used. */
async function followerOf(options: LogOptions, parts: FollowerParts): Promise<Follower> {
  const { file, command, render, syslog, cloudwatch } = options
  if (file !== undefined) return new (await import('./file/file-follower.ts')).FileFollower(file, parts)
  if (command !== undefined) return new (await import('./command/command-follower.ts')).CommandFollower(command, parts)
  if (syslog !== undefined) return new (await import('./syslog/syslog-follower.ts')).SyslogFollower(syslog, parts)
  if (render !== undefined) return new (await import('./render/render-follower.ts')).RenderFollower(render, parts)
  if (cloudwatch !== undefined)
    return new (await import('./cloudwatch/cloudwatch-follower.ts')).CloudWatchFollower(cloudwatch, parts)
  throw new TypeError('a log without a place')
}

function nothingToLookFor(): Reading {
  const message = 'there is nothing to look for: give `patterns`, or a preset that has some'
  return { up: null, error: { code: 'no_patterns', message }, points: [], texts: [], mapped: [], leftOut: 0 }
}
