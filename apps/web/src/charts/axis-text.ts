import { formatNumber } from '../ui/format-number.ts'

/** A figure of the value axis; it has to be short, because all of them stand beside the plot. */
export function axisText(value: number, unit: string): string {
  if (value === 0 && unit !== 'bool') return '0'
  const { figure, unit: name } = formatNumber(value, unit)
  if (unit === 'percent') return `${figure} %`
  const short = figure.length > 7 ? compact(value) : figure
  return name === '' || name === '/min' ? short : `${short} ${name}`
}

const shortened = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })

/** `1.5M`, `-250k`; what is larger or smaller than that has its power of ten already. */
function compact(value: number): string {
  return shortened.format(value)
}
