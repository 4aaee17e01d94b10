/** Every key under which an answer is cached, in one place. */
export const queryKeys = {
  status: () => ['status'] as const,
  definitions: () => ['definitions'] as const,
  flags: (system: string) => ['flags', system] as const,
  allFlags: () => ['flags'] as const,
  mapping: (system: string | undefined) => ['mapping', system ?? ''] as const,
  alerts: (system: string, from: number, to: number, epoch: number) => ['alerts', system, from, to, epoch] as const,
  notes: (system: string, from: number, to: number, epoch: number) => ['notes', system, from, to, epoch] as const,
  planned: (epoch: number) => ['planned', epoch] as const,
  range: (series: readonly number[], span: string, epoch: number) => ['range', series.join(','), span, epoch] as const,
}
