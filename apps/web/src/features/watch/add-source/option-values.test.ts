import type { SourceField, SourceKindView, SourceOption } from '@headroom/shared/model/source-kind.ts'
import { describe, expect, it } from 'vitest'
import { fieldAt, missingOf, notTried, sourceOf, withVariables } from './option-values.ts'

const field = (name: string, shape: SourceField['shape'], more: Partial<SourceField> = {}): SourceField => ({
  name,
  shape,
  about: '',
  required: false,
  secret: false,
  folded: false,
  reach: 'tried',
  orOne: false,
  ...more,
})
const kind = (...options: SourceOption[]): SourceKindView => ({
  kind: 'made',
  title: 'Made',
  about: '',
  gives: [],
  givesWhatItHolds: false,
  pushed: false,
  paths: [],
  options,
})
const group: SourceOption = {
  ...field('follow', 'other'),
  shape: 'group',
  options: [field('owner', 'text', { required: true }), field('token', 'text', { secret: true })],
}

describe('a source out of the fields of a form', () => {
  it('says what was typed, each as what it is', () => {
    const made = kind(
      field('url', 'text'),
      field('size', 'number'),
      field('service', 'list', { orOne: true }),
      field('disks', 'list'),
      field('status', 'numbers'),
      field('headers', 'pairs', { secret: true }),
      field('events', 'switch', { default: true }),
      field('region', 'choice', { choices: ['eu', 'us'], default: 'eu' }),
      group,
    )
    expect(
      sourceOf(made, {
        url: ' https://a.example.com/ \n',
        size: '12',
        service: 'srv-1',
        disks: '/\n\n /data ',
        status: '200, 204',
        headers: [
          { name: 'X-Key', value: 'a b ' },
          { name: '', value: '' },
        ],
        events: 'false',
        region: 'us',
        'follow.owner': 'tea-1',
      }),
    ).toEqual({
      type: 'made',
      url: 'https://a.example.com/',
      size: 12,
      service: 'srv-1',
      disks: ['/', '/data'],
      status: [200, 204],
      headers: { 'X-Key': 'a b ' },
      events: false,
      region: 'us',
      follow: { owner: 'tea-1' },
    })
  })

  it('says nothing of what was left empty or is so anyway', () => {
    const made = kind(
      field('url', 'text'),
      field('insecure', 'switch', { default: false }),
      field('events', 'switch', { default: true }),
      field('queues', 'choice', { choices: ['auto', 'rq'], default: 'auto' }),
      field('headers', 'pairs'),
      group,
    )
    const values = { url: ' ', insecure: 'false', events: 'true', queues: 'auto', headers: [], 'follow.owner': '' }
    expect(sourceOf(made, values)).toEqual({ type: 'made' })
  })

  it('leaves to the collector what is no number, and out what counts only in the file', () => {
    const made = kind(field('size', 'number'), field('command', 'list', { reach: 'file' }))
    expect(sourceOf(made, { size: 'many', command: 'rm' })).toEqual({ type: 'made', size: 'many' })
  })

  it('misses what is needed; of a group only when it was begun', () => {
    const made = kind(field('url', 'text', { required: true }), group)
    expect(Object.keys(missingOf(made, {}))).toEqual(['url'])
    expect(Object.keys(missingOf(made, { url: 'x', 'follow.token': 't' }))).toEqual(['follow.owner'])
  })

  it('names a variable for a secret that is needed and was not typed', () => {
    const made = kind(
      field('apiKey', 'text', { required: true, secret: true }),
      field('bearer', 'text', { secret: true }),
    )
    expect(withVariables(made, {}, 'captions-render')).toEqual({ apiKey: '${CAPTIONS_RENDER_API_KEY}' })
    expect(withVariables(made, { apiKey: 'typed' }, 'captions')).toEqual({ apiKey: 'typed' })
  })

  it('knows what no trial may use', () => {
    const made = kind(field('file', 'text', { reach: 'lines' }), field('url', 'text'))
    expect(notTried(made, { url: 'x' })).toEqual([])
    expect(notTried(made, { file: '/var/log/app.log' })).toEqual(['file'])
  })

  it('finds the field that a refusal is about', () => {
    const made = kind(field('map', 'pairs'), field('names', 'list'), group)
    expect(fieldAt(made, 'source.follow.token')).toBe('follow.token')
    expect(fieldAt(made, 'source.map.a.b')).toBe('map')
    expect(fieldAt(made, 'source.names[1]')).toBe('names')
    expect(fieldAt(made, 'source')).toBeUndefined()
    expect(fieldAt(made, undefined)).toBeUndefined()
  })
})
