import { expect, it } from 'vitest'
import { isCounterName, rateName } from './counter-names.ts'

it.each([
  ['captions_made_total', 'captions_made_per_minute'],
  ['totalRequests', 'Requests_per_minute'],
  ['jobs.finished_total', 'jobs.finished_per_minute'],
  ['requests.total', 'requests_per_minute'],
  ['total', 'total_per_minute'],
])('the rate of %s is kept as %s', (path, rate) => expect(rateName(path)).toBe(rate))

it.each([
  ['_system_ram_total', false],
  ['node_disk_total', false],
  ['jvm_heap_total', false],
  ['total_memory', false],
  ['disk_reads_total', true],
  ['total_disk_reads', true],
  ['requests_total', true],
])('whether %s is a running total: %s', (key, counter) => expect(isCounterName(key)).toBe(counter))
