import { describe, expect, test } from 'vitest'
import { PRESET_IDS } from '../presets/index.ts'
import { configJsonSchema } from './json-schema.ts'
import { isRecord } from './record.ts'
import { SMALL_SOURCES } from './testing/small-sources.ts'

const schema = configJsonSchema({ sources: SMALL_SOURCES, presets: PRESET_IDS })

function dig(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((here, key) => (isRecord(here) ? here[key] : undefined), value)
}

const system = dig(schema, 'properties', 'systems', 'items')

describe('the JSON Schema', () => {
  test('is plain JSON that refers to nothing outside itself', () => {
    const text = JSON.stringify(schema)
    expect(JSON.parse(text)).toEqual(schema)
    expect(text).not.toContain('headroom-source')
    expect(schema).toMatchObject({ type: 'object', required: ['systems'], additionalProperties: false })
  })

  test('every key says what it is, so that an editor completes well', () => {
    for (const [part, properties] of [
      ['', schema['properties']],
      ['systems', dig(system, 'properties')],
      ['flags', dig(system, 'properties', 'flags', 'items', 'properties')],
    ]) {
      for (const [key, value] of Object.entries(isRecord(properties) ? properties : {})) {
        expect({ part, key, said: typeof dig(value, 'description') }).toEqual({ part, key, said: 'string' })
      }
    }
  })

  test('a source is one of the table, with the options of its type and the common ones', () => {
    const variants = dig(system, 'properties', 'sources', 'items', 'oneOf')
    expect(variants).toMatchObject([
      {
        properties: { type: { const: 'http-json' }, url: { type: 'string' }, every: { type: 'string' }, labels: {} },
        required: ['type', 'url'],
      },
      { properties: { type: { const: 'silent' }, disks: {} }, required: ['type'] },
    ])
  })

  test('presets and limits are named', () => {
    expect(JSON.stringify(dig(system, 'properties', 'preset'))).toContain('"workshop-on-render"')
    expect(dig(system, 'properties', 'limits', 'properties')).toHaveProperty(['sessions.tested'])
  })
})
