/** The lines `name:value` of INFO. Sections and what nobody asks for are passed over. */
export type Info = ReadonlyMap<string, string>

export function parseInfo(text: string): Info {
  const info = new Map<string, string>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0 && !line.startsWith('#')) info.set(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  return info
}

export function infoNumber(info: Info, name: string): number | undefined {
  const text = info.get(name)
  if (text === undefined || text === '') return undefined
  const number = Number(text)
  return Number.isFinite(number) ? number : undefined
}
