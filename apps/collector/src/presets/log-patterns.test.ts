import { describe, expect, it } from 'vitest'
import { loadPresets } from './load.ts'

const presets = loadPresets()
const matches = (preset: string, pattern: string, line: string): boolean =>
  new RegExp(presets.get(preset)?.patterns[pattern] ?? '(?!)').test(line)

describe('a 503 and a 429 in a log', () => {
  const NGINX = (status: number, bytes: number): string =>
    `10.0.0.7 - - [21/Nov/2026:10:00:00 +0000] "POST /api/captions HTTP/1.1" ${status} ${bytes} "-" "curl/8.0"`

  it.each([
    NGINX(503, 190),
    'INFO:     10.0.0.7:4290 - "GET / HTTP/1.1" 503 Service Unavailable',
    '127.0.0.1 "HTTP/2.0" 503',
    'upstream error: status=503',
    '{"status": 503, "path": "/"}',
    'requests.exceptions.HTTPError: 503 Server Error',
    'HTTPError: 503 Service Unavailable for url',
    'Server busy, try again later',
  ])('is found: %s', (line) => {
    expect(matches('workshop-on-render', 'server-busy', line)).toBe(true)
  })

  it.each([
    NGINX(429, 190),
    'google.api_core.exceptions.TooManyRequests: 429 Too Many Requests',
    '429 RESOURCE_EXHAUSTED. Quota exceeded',
    'Error code: 429 - rate_limit_exceeded',
    'Rate limit reached for this model',
  ])('is found: %s', (line) => {
    expect(matches('workshop-on-render', 'upstream-rate-limit', line)).toBe(true)
  })

  it.each([
    NGINX(200, 503),
    NGINX(200, 429),
    'took 1.503 s',
    'connected from 10.0.0.7:429',
    'GET /captions/503 200',
    'pid 503 started',
  ])('is not there: %s', (line) => {
    expect(matches('workshop-on-render', 'server-busy', line)).toBe(false)
    expect(matches('workshop-on-render', 'upstream-rate-limit', line)).toBe(false)
  })
})
