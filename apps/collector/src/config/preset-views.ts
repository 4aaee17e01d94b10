import type { Preset } from '@headroom/shared/model/preset.ts'
import type { PresetView } from '@headroom/shared/model/source-kind.ts'
import { compileFlags } from './compile.ts'

/** The documented systems with the flags that a system of each would have. */
export function presetViews(presets: ReadonlyMap<string, Preset>): PresetView[] {
  return [...presets.values()].map(({ id, title, about }) => {
    const { flags } = compileFlags({ id, presets: [id], sources: [], flags: [] }, presets, [])
    return { id, title, about, flags: flags.map(pick) }
  })
}

function pick({ id, title, metric, severity }: PresetView['flags'][number]): PresetView['flags'][number] {
  return { id, title, metric, severity }
}
