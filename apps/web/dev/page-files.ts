import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { basename, extname, join, normalize } from 'node:path'

const DIST = join(import.meta.dirname, '../dist')
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}
/** The collector's own: what it would refuse must not work here. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; object-src 'none'"

/** A file of the built page; the page itself for every path without an ending. */
export async function servePage(path: string, response: ServerResponse): Promise<void> {
  const file = extname(path) === '' ? '/index.html' : normalize(path)
  try {
    const body = await readFile(join(DIST, file))
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
      'cache-control': file.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
    response.end(body)
  } catch {
    const problem = file === '/index.html' ? 'The page is not built: vite build in apps/web.' : `There is no ${path}.`
    response.writeHead(404).end(problem)
  }
}

/** The file name of the script that the built page begins with. */
export function entryScript(): string | null {
  try {
    const source = /<script[^>]+src="([^"]+)"/.exec(readFileSync(join(DIST, 'index.html'), 'utf8'))?.[1]
    return source === undefined ? null : basename(source)
  } catch {
    return null
  }
}
