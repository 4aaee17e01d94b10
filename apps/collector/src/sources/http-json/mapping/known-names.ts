import type { KnownName } from './known-name.ts'
import { KNOWN_JOBS } from './known-jobs.ts'
import { KNOWN_MACHINE } from './known-machine.ts'
import { KNOWN_PEOPLE } from './known-people.ts'
import { KNOWN_REQUESTS } from './known-requests.ts'
import { KNOWN_STORES } from './known-stores.ts'

/**
 * All names that documents use for metrics of the catalogue. These tables are all there is: no code knows an application.
 * Rules stand in order of preference: where a document gives one metric twice, the rule further up wins.
 */
export const KNOWN_NAMES: readonly KnownName[] = [
  ...KNOWN_PEOPLE,
  ...KNOWN_MACHINE,
  ...KNOWN_REQUESTS,
  ...KNOWN_STORES,
  ...KNOWN_JOBS,
]
