const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 }
/** The parts of a quantity; `1E` is exa, `1E3` an exponent. */
const GRAMMAR = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/

/**
 * A quantity as Kubernetes writes it (`250m`, `1234567n`, `512Mi`, `1e3`, `1.5Gi`) as a number; undefined for what is
 * none. The suffix is put into the decimal text before it is read, so that no multiplication rounds: `100m` is 0.1.
 */
export function parseQuantity(text: string): number | undefined {
  const [whole, sign = '', digits = '', exponent, suffix = ''] = GRAMMAR.exec(text) ?? []
  if (whole === undefined) return undefined
  const power = BINARY[suffix]
  if (power !== undefined) return Number(`${sign}${digits}`) * 2 ** power
  return Number(`${sign}${digits}e${exponent === undefined ? (DECIMAL[suffix] ?? 0) : Number(exponent)}`)
}
