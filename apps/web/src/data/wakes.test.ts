import { describe, expect, it } from 'vitest'
import { ManualClock } from './clock.ts'
import { watchBeat } from './wakes.ts'

function beats(): { clock: ManualClock; heard: [lateMs: number, wasSet: boolean][]; stop: () => void } {
  const clock = new ManualClock(1_000_000)
  const heard: [number, boolean][] = []
  const stop = watchBeat(clock, (lateMs, wasSet) => heard.push([lateMs, wasSet]))
  return { clock, heard, stop }
}

describe('watchBeat', () => {
  it('is on time while nothing happens', () => {
    const { clock, heard } = beats()
    clock.advance(15_000)
    expect(heard).toEqual([
      [0, false],
      [0, false],
      [0, false],
    ])
  })

  it('tells a sleep by how late it is, once', () => {
    const { clock, heard } = beats()
    clock.advance(2_000)
    clock.jump(3_600_000)
    clock.advance(8_000)
    expect(heard).toEqual([
      [3_600_000, true],
      [0, false],
    ])
  })

  it('tells a clock that was set back from a sleep', () => {
    const { clock, heard } = beats()
    clock.jump(-300_000)
    clock.advance(5_000)
    expect(heard).toEqual([[0, true]])
  })

  it('ends when told to', () => {
    const { clock, heard, stop } = beats()
    stop()
    clock.advance(60_000)
    expect(heard).toEqual([])
  })
})
