import type { KeyId } from '../data/keys.ts'

/** The screens that stand in the head and in the palette, in their order. */
export const SCREENS = [
  { to: '/', name: 'Overview', key: 'overview' },
  { to: '/setup', name: 'Set-up', key: 'setup' },
] as const satisfies readonly { to: string; name: string; key: KeyId }[]
