/** Holds the built screen to its budgets, and to its promise to ask no other host for anything. */
import { globSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { at } from './launch/workspace.mjs'

const dist = 'apps/web/dist'

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
}

const manifest = new Map(Object.entries(JSON.parse(readText('.vite/manifest.json')) as Record<string, Chunk>))
const chunks = [...manifest.keys()]

/** A chunk with everything that it loads at once. */
function loadedWith(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const imported of manifest.get(key)?.imports ?? []) loadedWith(imported, seen)
  return seen
}

const atFirst = new Set(chunks.filter((key) => manifest.get(key)?.isEntry).flatMap((key) => [...loadedWith(key)]))
const lazyPieces = chunks.filter((key) => manifest.get(key)?.isDynamicEntry)
const later = new Set(lazyPieces.flatMap((key) => [...loadedWith(key)]).filter((key) => !atFirst.has(key)))

const scripts = (keys: ReadonlySet<string>): string[] => [...keys].flatMap((key) => manifest.get(key)?.file ?? [])
const styles = [...manifest.values()].map(({ file }) => file).filter((file) => file.endsWith('.css'))

const budgets = [
  { what: 'scripts of the first page', files: scripts(atFirst), limitKb: 220 },
  { what: 'what is loaded when it is wanted, charts most of all', files: scripts(later), limitKb: 115 },
  { what: 'styles', files: styles, limitKb: 40 },
]

for (const { what, files, limitKb } of budgets) {
  const kb = files.reduce((sum, file) => sum + gzipSync(readText(file)).length, 0) / 1024
  report(
    `${what}: ${kb.toFixed(1)} of ${limitKb} KB gzipped, in ${files.length} files`,
    kb <= limitKb && files.length > 0,
  )
}

/** Addresses that stand in the code of libraries as names or in messages, and that nothing is loaded from. */
const inert = [
  'www.w3.org', // XML namespaces
  'json-schema.org', // names of JSON Schema's dialects
  'react.dev', // React's messages
  'mantine.dev',
  'bit.ly', // messages of Redux, within Recharts
  'redux.js.org',
  'redux-toolkit.js.org',
  'localhost', // TanStack Router's base for relative addresses
]

/** Reserved by RFC 2606 for examples: no such host answers. */
const isExample = (host: string): boolean => /(?:^|\.)example\.(?:com|org|net)$/.test(host)

for (const path of globSync('**/*.{html,js,css,svg,json}', { cwd: at(dist) })) {
  const text = readText(path)
  const hosts = new Set([...text.matchAll(/https?:\/\/([a-z0-9][a-z0-9.-]*)/gi)].flatMap((match) => match[1] ?? []))
  for (const host of hosts) {
    if (!inert.includes(host) && !isExample(host)) report(`${path} names the host ${host}`, false)
  }
  if (path.endsWith('.js')) continue
  for (const [address] of text.matchAll(/(?:src|href|url)\s*[=(]\s*["']?\/\/[^"')\s]+/gi)) {
    report(`${path} loads from elsewhere: ${address}`, false)
  }
}

function report(finding: string, fine: boolean): void {
  console.log(`${fine ? 'fine' : 'FAIL'}  ${finding}`)
  if (!fine) process.exitCode = 1
}

function readText(path: string): string {
  return readFileSync(at(`${dist}/${path}`), 'utf8')
}
