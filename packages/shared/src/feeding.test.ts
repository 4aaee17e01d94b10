import { describe, expect, it } from 'vitest'
import { feeds, givingOf } from './feeding.ts'

const redis = { gives: ['up', 'queue.length', 'workers.total'], givesWhatItHolds: false }
const json = { gives: ['up'], givesWhatItHolds: true }

describe('what a kind of source gives', () => {
  it('is what it lists, or whatever an answer holds; of an answer no log line is made', () => {
    expect(givingOf(redis, 'queue.length')).toBe('itself')
    expect(givingOf(redis, 'sessions.active')).toBeUndefined()
    expect(givingOf(json, 'up')).toBe('itself')
    expect(givingOf(json, 'sessions.active')).toBe('held')
    expect(givingOf(json, 'log.matches_per_minute')).toBeUndefined()
  })

  it('feeds a flag where it gives all that the flag lacks', () => {
    expect(feeds(redis, 'redis', 'queue.length')).toBe('itself')
    expect(feeds(redis, 'redis', 'queue.length / workers.total')).toBe('itself')
    expect(feeds(redis, 'redis', 'queue.length / users.active')).toBeUndefined()
    expect(feeds(redis, 'redis', 'queue.length / users.active', (metric) => metric === 'users.active')).toBe('itself')
    expect(feeds(json, 'app', 'threads.active / users.active')).toBe('held')
  })

  it('feeds nothing that is there already, that is of another source, or that is of none', () => {
    expect(feeds(redis, 'redis', 'queue.length', () => true)).toBeUndefined()
    expect(feeds(redis, 'redis', 'up@redis', () => true)).toBe('itself')
    expect(feeds(redis, 'cache', 'up@redis')).toBeUndefined()
    expect(feeds(redis, 'redis', 'event.ended_seconds')).toBeUndefined()
  })
})
