import type { Rule } from '../rule.ts'
import { JOBS } from './jobs.ts'
import { MACHINE, PROCESS } from './machine.ts'
import { OPENTELEMETRY } from './opentelemetry.ts'
import { PEOPLE } from './people.ts'
import { RENDER } from './render.ts'
import { REQUESTS } from './requests.ts'
import { SERVERS } from './servers.ts'
import { STORES } from './stores.ts'

/**
 * All names of series that are taken for metrics of the catalogue, in order of preference: where several give one metric
 * with the same labels, the one further up counts. These tables are all there is: no code knows an exporter.
 */
export const KNOWN: readonly Rule[] = [
  ...PEOPLE,
  ...MACHINE,
  ...RENDER,
  ...PROCESS,
  ...OPENTELEMETRY,
  ...REQUESTS,
  ...SERVERS,
  ...STORES,
  ...JOBS,
]
