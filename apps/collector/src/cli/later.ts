/** Commands that are designed and not in this version, so that nobody hunts for a spelling mistake. */
export const LATER_COMMANDS: Readonly<Record<string, string>> = {
  export: 'Writes a recording to a file.',
  import: 'Reads a recording from a file.',
  open: 'Plays a recording from a file.',
  backup: 'Copies everything that is kept.',
  restore: 'Brings a backup back.',
  rehearse: 'Loads a system in steps and notes what it carries.',
  notify: 'Tries the notification channels.',
  token: 'Makes a token for a person or a program.',
}
