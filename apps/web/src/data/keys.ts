export type KeyPlace = 'everywhere' | 'overview' | 'system'

/**
 * One key of the keyboard. `keys` are alternatives: a character as it is typed (`?`) or a key by its name (`Backspace`),
 * with `mod+` for Ctrl or Cmd, and a space between keys that follow each other (`g o`). `repeat`: holding it down does it
 * again and again.
 */
type Key = { id: string; keys: readonly string[]; place: KeyPlace; words: string; repeat?: true }

/** Every key there is, so that no two clash and the help knows them all. `useShortcut` gives one its work. */
export const KEYS = [
  { id: 'palette', keys: ['mod+k', '/'], place: 'everywhere', words: 'Find a system, a chart, a flag, or what to do' },
  { id: 'help', keys: ['?'], place: 'everywhere', words: 'This help' },
  { id: 'settings', keys: [','], place: 'everywhere', words: 'Settings' },
  { id: 'print', keys: ['mod+p'], place: 'everywhere', words: 'Print the whole screen' },
  { id: 'overview', keys: ['o', 'g o'], place: 'everywhere', words: 'Overview' },
  { id: 'setup', keys: ['u', 'g u'], place: 'everywhere', words: 'Set-up' },
  { id: 'filter', keys: ['f'], place: 'overview', words: 'Find systems by name, id or preset' },
  {
    id: 'next-card',
    keys: ['j'],
    place: 'overview',
    words: 'Next card; the arrow keys lead on from there',
    repeat: true,
  },
  { id: 'previous-card', keys: ['k'], place: 'overview', words: 'Card before', repeat: true },
  { id: 'pause', keys: ['p'], place: 'system', words: 'Pause, or back to live' },
  { id: 'zoom-back', keys: ['z', 'Backspace'], place: 'system', words: 'Back to the time shown before' },
] as const satisfies readonly Key[]

export type KeyId = (typeof KEYS)[number]['id']
