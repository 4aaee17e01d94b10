/**
 * A URL as it may be shown: no user and password, no fragment, and of the query only the names, for tokens are put there.
 */
export function safeUrl(url: string | URL): string {
  const parsed = typeof url === 'string' ? URL.parse(url) : url
  if (parsed === null) return '(not a URL)'
  const names = [...new Set(parsed.searchParams.keys())]
    .slice(0, 10)
    .map((name) => `${encodeURIComponent(name.slice(0, 40))}=…`)
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}${names.length === 0 ? '' : `?${names.join('&')}`}`
}
