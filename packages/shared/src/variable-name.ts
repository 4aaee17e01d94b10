/** The variable that holds a secret of a system or source: `${CAPTIONS_API_KEY}` for the `apiKey` of `captions`. */
export function variableName(of: string, key: string): string {
  return `${of}_${key.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')}`
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^(\d)/, 'SYSTEM_$1')
}
