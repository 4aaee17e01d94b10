import { type LiveFrame, LiveValue } from '@headroom/shared/protocol.ts'
import { z } from 'zod'
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

/** What is serialised of a frame. */
type Content = LiveFrame | { kind: 'tick'; values: LiveValue[] }

/** What serves the sockets of one broadcast, and nobody after it. */
type Fresh = { frame: LiveFrame; tails: Map<string, Buffer | null>; messages: Map<string, Buffer> }

const TickContent = z.object({ values: z.array(LiveValue) })

/**
 * Serialises a frame in two parts: a head with `seq` and `prev`, which differs between sockets of different history,
 * and a tail with the content, which does not. Joining them is a copy, not another serialisation.
 */
export function encode(frame: LiveFrame, stored: boolean, systemOf: SystemOf): Encoding {
  const { kind, seq } = frame
  const whole = tailOf(frame, stored, EVERYTHING, systemOf)
  // A tick's values take several times the memory of their bytes, so they go with the broadcast and are read back from
  // those. The functions below must not name `frame`: what they name lives as long as they do.
  const lasting = frame.kind === 'tick' ? null : frame
  let fresh: Fresh | null = { frame, tails: new Map(), messages: new Map() }
  const tail = (filter: Filter): Buffer | null => {
    if (filter.systems === null) return whole
    const made = fresh?.tails.get(filter.key)
    if (made !== undefined) return made
    const making = tailOf(fresh?.frame ?? lasting ?? readTick(whole), stored, filter, systemOf)
    fresh?.tails.set(filter.key, making)
    return making
  }
  return {
    bytes: whole?.length ?? 0,
    message(filter, prev) {
      const key = `${prev} ${filter.key}`
      const made = fresh?.messages.get(key)
      if (made !== undefined) return made
      const content = tail(filter)
      if (content === null) return null
      const message = Buffer.concat([Buffer.from(`{"kind":"${kind}","seq":${seq},"prev":${prev},`), content])
      fresh?.messages.set(key, message)
      return message
    },
    release() {
      fresh = null
    },
  }
}

/** A tick as it was, from its bytes. */
function readTick(whole: Buffer | null): Content {
  return { kind: 'tick', ...TickContent.parse(JSON.parse(`{${whole?.toString() ?? ''}`)) }
}

function tailOf(frame: Content, stored: boolean, filter: Filter, systemOf: SystemOf): Buffer | null {
  const content = contentOf(frame, filter, systemOf)
  if (content === null) return null
  return Buffer.from(JSON.stringify(stored ? content : { ...content, stored: false }).slice(1))
}

/** What of a frame a subscription is shown; null for nothing. */
function contentOf(frame: Content, filter: Filter, systemOf: SystemOf): object | null {
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
