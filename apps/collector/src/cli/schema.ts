import { configJsonSchema } from '../config/json-schema.ts'
import type { Command } from './types.ts'

export const schema: Command = {
  summary: 'Prints the JSON Schema of headroom.yaml, for editors.',
  usage: '',
  options: { json: { type: 'boolean', help: 'The same; it is JSON in any case.' } },
  positionals: { least: 0, most: 0, name: '' },
  run: async (_words, deps) => {
    const json = configJsonSchema({ sources: deps.sources, presets: [...deps.presets.keys()] })
    deps.stdout(`${JSON.stringify(json, null, 2)}\n`)
    return 0
  },
}
