const APPLE = /mac|iphone|ipad/i.test(navigator.platform)

/** A key as it is printed on the keyboard in front of the reader: `Ctrl K`, `⌘ K`, `g o`. */
export function keyLabel(key: string): string {
  return key.startsWith('mod+') ? `${APPLE ? '⌘' : 'Ctrl'} ${key.slice(4).toUpperCase()}` : key
}
