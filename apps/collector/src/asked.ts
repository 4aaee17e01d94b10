import type { AskedView } from '@headroom/shared/model/asked.ts'
import { Corrections } from '@headroom/shared/model/correction.ts'
import type { LiveConfig } from './live-config.ts'
import type { Scraper } from './scrape/types.ts'

/** How every configured source is being asked, in the order of the configuration; secrets are never part of it. */
export function createAsked(
  scraper: Pick<Scraper, 'tries'>,
  config: Pick<LiveConfig, 'current'>,
): (system?: string) => AskedView[] {
  return (wanted) => {
    const { config: configured, secrets } = config.current
    const tries = new Map(scraper.tries().map((one) => [`${one.system}/${one.source}`, one]))
    return configured.systems
      .filter((system) => wanted === undefined || system.id === wanted)
      .flatMap((system) =>
        system.sources.map(({ id, options }): AskedView => {
          const one = tries.get(`${system.id}/${id}`)
          // A kind takes corrections when it has these options, whichever kind it is.
          const corrections = Corrections.safeParse(
            secrets.redactDeep({ map: options['map'], ignore: options['ignore'] }),
          )
          return {
            system: system.id,
            source: id,
            nextAt: one?.nextAt ?? null,
            failures: one?.failures ?? 0,
            ...(corrections.success ? { corrections: corrections.data } : {}),
          }
        }),
      )
  }
}
