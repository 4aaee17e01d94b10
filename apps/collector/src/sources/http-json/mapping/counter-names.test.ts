import { expect, it } from 'vitest'
import { rateName } from './counter-names.ts'

it.each([
  ['captions_made_total', 'captions_made_per_minute'],
  ['totalRequests', 'Requests_per_minute'],
  ['jobs.finished_total', 'jobs.finished_per_minute'],
  ['requests.total', 'requests_per_minute'],
  ['total', 'total_per_minute'],
])('the rate of %s is kept as %s', (path, rate) => expect(rateName(path)).toBe(rate))
