import type { NewSystem } from '@headroom/shared/model/trial.ts'
import type { MadeSystem } from './made-system.ts'
import { small } from './small.ts'

/** The system that came of trying an address. */
export function added({ id, name, preset }: NewSystem, start: number): MadeSystem {
  return { ...small(start, 0), id, name, presets: preset === undefined ? [] : [preset], since: start, flags: [] }
}

/** The lines of headroom.yaml that watch it. */
export function linesOf({ id, name, preset, url = 'https://my-app.example.com/health' }: NewSystem): string {
  return [
    'systems:',
    `  - id: ${id}`,
    `    name: ${JSON.stringify(name)}`,
    ...(preset === undefined ? [] : [`    preset: ${preset}`]),
    '    sources:',
    `      - { type: http-json, url: "${url}", every: 5s }`,
    '',
  ].join('\n')
}
