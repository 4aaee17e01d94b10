import { NBSP } from './no-break.ts'

/** A number as people write it: the figure and its unit apart, so that the unit can stand smaller. */
export type Figure = { figure: string; unit: string }

const cache = new Map<string, Intl.NumberFormat>()

function digits(value: number, most: number, locale: string | undefined): string {
  const key = `${locale ?? ''}/${most}`
  let format = cache.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { maximumFractionDigits: most })
    cache.set(key, format)
  }
  return format.format(value)
}

/** Three figures are enough to read: 0.123, 1.23, 12.3, 123. What would be mostly zeros is a power of ten: 2.5e15, 1e-9. */
function readable(value: number, locale: string | undefined): string {
  const size = Math.abs(value)
  if (size >= 1e12 || (size > 0 && size < 0.0005))
    return Number(value.toPrecision(3)).toExponential().replace('e+', 'e')
  if (size >= 100 || Number.isInteger(value)) return digits(value, 0, locale)
  return digits(value, size >= 10 ? 1 : size >= 1 ? 2 : 3, locale)
}

function bytes(value: number, locale: string | undefined): Figure {
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let rest = value
  let step = 0
  while (Math.abs(rest) >= 1000 && step < names.length - 1) {
    rest /= 1024
    step += 1
  }
  return {
    figure: digits(rest, Math.abs(rest) >= 100 || step === 0 ? 0 : Math.abs(rest) >= 10 ? 1 : 2, locale),
    unit: names[step] ?? 'B',
  }
}

function seconds(value: number, locale: string | undefined): Figure {
  const size = Math.abs(value)
  if (size === 0) return { figure: '0', unit: 's' }
  if (size < 5e-7) return { figure: readable(value * 1e9, locale), unit: 'ns' }
  if (size < 5e-5) return { figure: readable(value * 1e6, locale), unit: 'µs' }
  if (size < 0.9995) return { figure: digits(value * 1000, size < 0.01 ? 1 : 0, locale), unit: 'ms' }
  if (size < 120) return { figure: digits(value, size < 10 ? 2 : size < 100 ? 1 : 0, locale), unit: 's' }
  if (size < 7200) return { figure: digits(value / 60, size < 600 ? 1 : 0, locale), unit: 'min' }
  if (size < 172_800) return { figure: digits(value / 3600, 1, locale), unit: 'h' }
  return { figure: digits(value / 86_400, 1, locale), unit: 'days' }
}

/** `unit` is one of the catalogue's; an unknown one is written as it is. */
export function formatNumber(value: number, unit: string, locale?: string): Figure {
  switch (unit) {
    case 'percent':
      return { figure: digits(value, Math.abs(value) < 10 ? 1 : 0, locale), unit: '%' }
    case 'bytes':
      return bytes(value, locale)
    case 'bytes_per_second': {
      const size = bytes(value, locale)
      return { figure: size.figure, unit: `${size.unit}/s` }
    }
    case 'seconds':
      return seconds(value, locale)
    case 'per_minute':
      return { figure: readable(value, locale), unit: '/min' }
    case 'bool':
      return { figure: value === 0 ? 'no' : 'yes', unit: '' }
    case 'load':
      return { figure: digits(value, 2, locale), unit: '' }
    case 'count':
    case 'none':
    case '':
      return { figure: readable(value, locale), unit: '' }
    default:
      return { figure: readable(value, locale), unit }
  }
}

/** As a tile shows it, in one piece. */
export function shortText(value: number, unit: string): string {
  const { figure, unit: name } = formatNumber(value, unit)
  return name === '' || name.startsWith('/') ? `${figure}${name}` : `${figure}${NBSP}${name}`
}

/** For sentences: percent keeps a decimal, so that a value beside its line never looks equal to it by rounding. */
export function numberText(value: number, unit: string, locale?: string): string {
  const { figure, unit: name } =
    unit === 'percent' ? { figure: digits(value, 1, locale), unit: '%' } : formatNumber(value, unit, locale)
  if (name === '') return figure
  return name.startsWith('/') ? `${figure}${name}` : `${figure}${NBSP}${name}`
}
