import type { AskedView } from '@headroom/shared/model/asked.ts'
import type { MadeSystem } from '../made/made-system.ts'

/** One that fails is asked less and less often. */
const BACKED_OFF_MS = 30_000

export function askedOf(system: MadeSystem, now: number): AskedView[] {
  return system.sources.map(({ id, type, everySeconds, error, silentSince }) => {
    const everyMs = everySeconds * 1000
    const failures = error === undefined ? 0 : Math.max(1, Math.round((now - (silentSince ?? now)) / everyMs))
    return {
      system: system.id,
      source: id,
      nextAt: failures > 2 ? now + BACKED_OFF_MS : Math.ceil((now + 1) / everyMs) * everyMs,
      failures,
      ...(type === 'http-json' ? { corrections: { map: {}, ignore: ['build'] } } : {}),
    }
  })
}
