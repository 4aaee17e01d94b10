import type { EcsCalls } from '../calls/ecs-calls.ts'

const EVERY_MS = 10 * 60_000

/**
 * Whether a cluster has Container Insights, whose metrics are asked for only then: each costs. Looked at every ten
 * minutes; without the permission it is taken for not having them.
 */
export class Insights {
  readonly #calls: EcsCalls
  readonly #cluster: string
  #enabled = false
  #lookedAt = -Infinity

  constructor(calls: EcsCalls, cluster: string) {
    this.#calls = calls
    this.#cluster = cluster
  }

  async enabled(now: number, signal: AbortSignal): Promise<boolean> {
    if (now - this.#lookedAt < EVERY_MS) return this.#enabled
    const { clusters = [] } = await this.#calls.describeClusters(
      { clusters: [this.#cluster], include: ['SETTINGS'] },
      signal,
    )
    const setting = clusters[0]?.settings?.find(({ name }) => name === 'containerInsights')?.value
    this.#enabled = setting === 'enabled' || setting === 'enhanced'
    this.#lookedAt = now
    return this.#enabled
  }

  /** It may not be asked: not again for a while. */
  giveUp(now: number): void {
    this.#lookedAt = now
  }
}
