import { catalogued } from '@headroom/shared/metrics.ts'
import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Point } from '@headroom/shared/model/reading.ts'
import { rateName } from './counter-names.ts'
import { keyWords } from './key-words.ts'
import { NOT_A_NUMBER, type Ignored } from './leaf.ts'
import type { Placed } from './place-values.ts'
import { labelValue, pathOf, sanitiseKey } from './sanitise.ts'
import { parseUnit, type NamedUnit } from './units.ts'
import { stateOfWord } from './words-of-state.ts'

/** What `map` says of one path; `label` names the label that takes what `*` stood for. */
export type Correction = {
  metric: string
  unit?: string | undefined
  kind?: 'gauge' | 'counter' | 'state' | undefined
  label?: string | undefined
}
export type Rules = { map: Readonly<Record<string, Correction>>; ignore: readonly string[] }

type Found = { raw: readonly string[]; value: unknown; stars: readonly string[] }
export type Corrected = { placed: Placed[]; ignored: Ignored[]; taken: (raw: readonly string[]) => boolean }

/** Reads what `map` names and marks it, and what `ignore` names, as dealt with. */
export function correct(document: unknown, rules: Rules): Corrected {
  const placed: Placed[] = []
  const ignored: Ignored[] = []
  const taken = new Set<string>()
  for (const pattern of rules.ignore) {
    for (const { raw } of find(document, pattern)) taken.add(raw.join('\n'))
  }
  for (const [pattern, correction] of Object.entries(rules.map)) {
    for (const found of find(document, pattern)) {
      taken.add(found.raw.join('\n'))
      const point = readCorrected(found, correction)
      if (typeof point === 'string') ignored.push({ keys: found.raw, reason: point, place: pattern })
      else placed.push({ point, path: pathOf(found.raw), how: 'map', place: pattern })
    }
  }
  return { placed, ignored, taken: (raw) => taken.size > 0 && taken.has(raw.join('\n')) }
}

/** The places a path leads to: keys by name or as they are shown, list items by index, `*` for any; keys may hold dots. */
function find(document: unknown, pattern: string): Found[] {
  return step(document, pattern.split('.'), { raw: [], value: document, stars: [] })
}

function step(value: unknown, segments: readonly string[], at: Found): Found[] {
  if (segments.length === 0) return [{ ...at, value }]
  if (typeof value !== 'object' || value === null) return []
  const found: Found[] = []
  for (const [key, inner] of Object.entries(value)) {
    const raw = [...at.raw, key]
    if (segments[0] === '*') found.push(...step(inner, segments.slice(1), { ...at, raw, stars: [...at.stars, key] }))
    else {
      const length = segments.findIndex((_, end) => matches(key, segments.slice(0, end + 1).join('.'))) + 1
      if (length > 0) found.push(...step(inner, segments.slice(length), { ...at, raw }))
    }
  }
  return found
}

function matches(key: string, segment: string): boolean {
  return key === segment || sanitiseKey(key) === segment
}

function readCorrected({ raw, value, stars }: Found, correction: Correction): Point | string {
  const state = correction.kind === 'state'
  const read = state ? readState(value) : readNumber(value)
  if (read === undefined)
    return state ? 'mapped as a state, but is no boolean or known word' : 'mapped, but is not a number'
  const from = (correction.unit === undefined ? undefined : parseUnit(correction.unit)) ?? read.unit ?? unitOfKeys(raw)
  const labels = labelsOf(correction, stars)
  if (correction.kind === 'counter') return counterPoint(raw, read.value, labels, correction)
  const { unit, factor } = state ? { unit: 'bool', factor: 1 } : storedUnit(correction, from)
  return { metric: correction.metric, unit, labels, value: read.value * factor, kind: 'gauge' }
}

/** Into the unit of the catalogue; a metric of the user's own is kept in the base unit of its kind, or as they call it. */
function storedUnit({ metric, unit }: Correction, from: NamedUnit | undefined): { unit: string; factor: number } {
  const entry = catalogued(metric)
  if (entry !== undefined) return { unit: entry.unit, factor: from?.dimension === entry.unit ? from.factor : 1 }
  return from === undefined ? { unit: unit ?? 'none', factor: 1 } : { unit: from.dimension, factor: from.factor }
}

/** A total of the catalogue keeps its rate beside it; any other name given is the rate's own. */
function counterPoint(raw: readonly string[], value: number, labels: Labels, { metric }: Correction): Point {
  const isTotal = catalogued(metric) !== undefined && catalogued(metric)?.unit !== 'per_minute'
  const named = catalogued(metric) === undefined ? metric : pathOf(raw)
  return { metric: named, unit: 'count', labels, value, kind: 'counter', rate: isTotal ? rateName(metric) : metric }
}

function readNumber(value: unknown): { value: number; unit?: NamedUnit } | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? { value } : undefined
  if (typeof value === 'boolean') return { value: value ? 1 : 0 }
  if (Array.isArray(value)) return { value: value.length }
  if (typeof value !== 'string' || value === NOT_A_NUMBER) return undefined
  const match = /^\s*([-+]?\d+(?:\.\d+)?)\s*(%|[a-zA-Z]{1,7})?\s*$/.exec(value)
  if (match?.[1] === undefined) return undefined
  const unit = match[2] === undefined ? undefined : parseUnit(match[2])
  return unit === undefined ? { value: Number(match[1]) } : { value: Number(match[1]), unit }
}

function readState(value: unknown): { value: number; unit?: NamedUnit } | undefined {
  if (typeof value === 'boolean') return { value: value ? 1 : 0 }
  if (typeof value === 'number') return { value: value === 0 ? 0 : 1 }
  const state = typeof value === 'string' ? stateOfWord(value) : undefined
  return state === undefined ? undefined : { value: state }
}

function unitOfKeys(raw: readonly string[]): NamedUnit | undefined {
  return keyWords(raw.findLast((key) => keyWords(key).unit !== undefined) ?? '').unit
}

function labelsOf({ label }: Correction, stars: readonly string[]): Labels {
  const value = label === undefined ? undefined : labelValue(stars.at(-1))
  return label === undefined || value === undefined ? {} : { [label]: value }
}
