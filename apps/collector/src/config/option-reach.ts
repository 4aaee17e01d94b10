import type { SourceField } from '@headroom/shared/model/source-kind.ts'

const REACH: Readonly<Record<string, SourceField['reach']>> = { command: 'file', file: 'lines', kubeconfig: 'lines' }

/**
 * How far an option goes that somebody gives on the screen. What runs a program counts only where it stands in
 * headroom.yaml; what reads a file of this machine may be put into lines to copy, but is not tried.
 */
export function reachOf(option: string): SourceField['reach'] {
  return Object.hasOwn(REACH, option) ? (REACH[option] ?? 'tried') : 'tried'
}
