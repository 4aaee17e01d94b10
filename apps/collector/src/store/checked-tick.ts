import type { CommitFailure, Tick } from './types.ts'

/** Beyond this no clock goes; the keys of the store have room for it. */
export const LATEST_TIME = 8.64e15 / 8

/** Why a tick cannot be stored by any implementation; null when it can. */
export function invalidTick(tick: Tick, known: (series: number) => boolean): CommitFailure | null {
  for (const { series, at, value } of tick.samples) {
    if (!known(series)) return invalid(`Series ${series} was never registered`)
    if (!Number.isFinite(value)) return invalid(`Series ${series} has the value ${value}, which is not finite`)
    if (!isTime(at)) return invalid(`Series ${series} has a sample at ${at}, which is not a time in whole milliseconds`)
  }
  for (const event of tick.events) {
    if (!Number.isSafeInteger(event.seq) || !isTime(event.at))
      return invalid(`Event ${event.seq} at ${event.at} has no whole seq and time`)
  }
  if (!isTime(tick.at) || !Number.isSafeInteger(tick.seq))
    return invalid(`Tick ${tick.seq} at ${tick.at} has no whole seq and time`)
  return null
}

function isTime(at: number): boolean {
  return Number.isInteger(at) && at >= 0 && at <= LATEST_TIME
}

function invalid(message: string): CommitFailure {
  return { code: 'invalid', message, retryable: false }
}
