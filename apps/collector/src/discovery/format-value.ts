/** A value with its unit, as a person reads it: `34.2 %`, `412 MiB`, `2.5 s`. */
export function formatValue(value: number | string, unit: string): string {
  if (typeof value === 'string') return value
  switch (unit) {
    case 'percent':
      return `${short(value)} %`
    case 'seconds':
      return `${short(value)} s`
    case 'bytes':
      return formatBytes(value)
    case 'bytes_per_second':
      return `${formatBytes(value)}/s`
    case 'per_minute':
      return `${short(value)} a minute`
    case 'bool':
      return value === 0 ? 'no' : 'yes'
    case 'count':
    case 'load':
    case 'none':
    case '':
      return short(value)
    default:
      return `${short(value)} ${unit}`
  }
}

function formatBytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const step = value === 0 ? 0 : Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(value)) / 10)))
  return `${short(value / 2 ** (10 * step))} ${units[step]}`
}

function short(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)))
}
