import { extname } from 'node:path'
import type { Request, RequestHandler, Response } from 'express'
import { type PageFile, PageFiles } from './page-files.ts'
import { type Encoded, encodeFor, encodingFor, send } from './respond.ts'

/** Compressed assets kept, so that a classroom that opens the page at nine compresses it once. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024
const COMPRESSIBLE = /^\.(html|js|css|json|svg|map|txt|webmanifest)$/

/** The built page: its files, and for every address that a browser navigates to the nearest index.html. */
export function pageRoute(webRoot: string, monotonic: () => number): RequestHandler {
  const files = new PageFiles(webRoot, monotonic)
  const kept = new Map<string, Encoded>()
  let keptBytes = 0
  const encoded = async (request: Request, file: PageFile): Promise<Encoded> => {
    const plain = !COMPRESSIBLE.test(extname(file.path))
    const wanted = plain ? null : encodingFor(request)
    const key = `${wanted ?? 'plain'} ${file.path} ${file.tag}`
    const before = kept.get(key)
    if (before !== undefined) return before
    const bytes = await file.read()
    const made = plain ? { bytes, encoding: null } : await encodeFor(request, bytes)
    if (keptBytes + made.bytes.length <= MAX_KEPT_BYTES) {
      kept.set(key, made)
      keptBytes += made.bytes.length
    }
    return made
  }
  return async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next()
    const navigates = isNavigation(request)
    const path = decoded(request.path)
    const file = (await files.find(path)) ?? (navigates ? await indexOf(files, path) : undefined)
    if (file !== undefined) return sendFile(request, response, file, () => encoded(request, file))
    if (!navigates) return next()
    response.status(503).type('html').setHeader('Cache-Control', 'no-store')
    response.send(NOT_BUILT)
  }
}

/** The index.html of the folder that the address names, or of the nearest above it: a screen's own page, or the first one. */
async function indexOf(files: PageFiles, path: string): Promise<PageFile | undefined> {
  const parts = path.split('/').filter((part) => part !== '')
  for (let length = parts.length; length >= 0; length--) {
    const found = await files.find(['', ...parts.slice(0, length), 'index.html'].join('/'))
    if (found !== undefined) return found
  }
  return undefined
}

async function sendFile(
  request: Request,
  response: Response,
  file: PageFile,
  encoded: () => Promise<Encoded>,
): Promise<void> {
  response.type(extname(file.path))
  response.setHeader('ETag', `W/"${file.tag}"`)
  // Vite puts a hash of the content in the names under /assets: they never change.
  response.setHeader(
    'Cache-Control',
    request.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  )
  if (request.fresh) return void response.status(304).end()
  send(response, await encoded())
}

/** A browser that opens an address asks for HTML by name; scripts and programs, who mistyped, do not. */
function isNavigation(request: Request): boolean {
  const html = (request.headers.accept ?? '').includes('text/html')
  return request.path === '/' || (html && !/\.[^/]*$/.test(request.path))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const NOT_BUILT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Headroom</title></head>
<body><h1>The page is not built yet</h1>
<p>The collector runs, and its interface answers at <a href="/api/v1/status">/api/v1/status</a>. To build the page, run
<code>npm start</code> (which builds it first), or <code>pnpm --filter @headroom/web build</code>, and reload.</p></body></html>
`
