import { describe } from 'vitest'
import { eventContract } from './contract/events.ts'
import { readingContract } from './contract/reading.ts'
import { retentionContract } from './contract/retention.ts'
import { sampleContract } from './contract/samples.ts'
import type { Store } from './types.ts'

/** What the suite asks of an implementation: a new, empty store each time. The suite closes it. */
export type MakeStore = () => Promise<Store>

/** The tests that every implementation of the port passes; see SPEC.md. */
export function storeContract(name: string, makeStore: MakeStore): void {
  describe(`store contract: ${name}`, () => {
    sampleContract(makeStore)
    readingContract(makeStore)
    eventContract(makeStore)
    retentionContract(makeStore)
  })
}
