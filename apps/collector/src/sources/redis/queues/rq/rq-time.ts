/** A moment as RQ writes it: `2026-01-02T03:04:05.678901Z`, or seconds since 1970. Epoch ms; undefined where there is none. */
export function rqTime(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const at = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1_000
    : Date.parse(/Z$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(at) ? undefined : at
}
