import type { LiveFrame } from '@headroom/shared/protocol.ts'
import { EVERYTHING, type Filter, shows } from './filter.ts'

export type SystemOf = (series: number) => string | undefined

/** The bytes of one frame, made once for every distinct (subscription, prev). */
export type Encoding = {
  /** The whole message, or null when the frame holds nothing that this subscription is shown. */
  message(filter: Filter, prev: number): Buffer | null
  /** The size of the frame as kept. */
  readonly bytes: number
  /** The broadcast is over: lets go of all but what a client that comes back needs, and keeps no more. */
  release(): void
}

/**
 * Serialises a frame in two parts: a head with `seq` and `prev`, which differs between sockets of different history,
 * and a tail with the content, which does not. Joining them is a copy, not another serialisation.
 */
export function encode(frame: LiveFrame, stored: boolean, systemOf: SystemOf): Encoding {
  const whole = tailOf(frame, stored, EVERYTHING, systemOf)
  const tails = new Map<string, Buffer | null>()
  const messages = new Map<string, Buffer>()
  let keeping = true
  const tail = (filter: Filter): Buffer | null => {
    if (filter.systems === null) return whole
    const kept = tails.get(filter.key)
    if (kept !== undefined) return kept
    const made = tailOf(frame, stored, filter, systemOf)
    if (keeping) tails.set(filter.key, made)
    return made
  }
  return {
    bytes: whole?.length ?? 0,
    message(filter, prev) {
      const key = `${prev} ${filter.key}`
      const made = messages.get(key)
      if (made !== undefined) return made
      const content = tail(filter)
      if (content === null) return null
      const message = Buffer.concat([
        Buffer.from(`{"kind":"${frame.kind}","seq":${frame.seq},"prev":${prev},`),
        content,
      ])
      if (keeping) messages.set(key, message)
      return message
    },
    release() {
      keeping = false
      tails.clear()
      messages.clear()
    },
  }
}

function tailOf(frame: LiveFrame, stored: boolean, filter: Filter, systemOf: SystemOf): Buffer | null {
  const content = contentOf(frame, filter, systemOf)
  if (content === null) return null
  return Buffer.from(JSON.stringify(stored ? content : { ...content, stored: false }).slice(1))
}

/** What of a frame a subscription is shown; null for nothing. */
function contentOf(frame: LiveFrame, filter: Filter, systemOf: SystemOf): object | null {
  switch (frame.kind) {
    case 'tick': {
      const values =
        filter.systems === null
          ? frame.values
          : frame.values.filter(([series]) => filter.systems?.has(systemOf(series) ?? ''))
      return values.length === 0 && frame.values.length > 0 ? null : { values }
    }
    case 'series': {
      const series = frame.series.filter((view) => shows(filter, view.system))
      return series.length === 0 && frame.series.length > 0 ? null : { series }
    }
    case 'system':
      return shows(filter, frame.system.id) ? { system: frame.system } : null
    case 'systems':
      return { systems: frame.systems.filter((system) => shows(filter, system.id)) }
    case 'alert':
      return shows(filter, frame.alert.system) ? { alert: frame.alert } : null
    case 'note':
      return shows(filter, frame.note.system)
        ? { note: frame.note, ...(frame.deleted === true ? { deleted: true } : {}) }
        : null
  }
}
