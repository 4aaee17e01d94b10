/**
 * Judges every import by layers.ts, and holds the tables of ARCHITECTURE.md against it; `--write` writes them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { at } from './launch/workspace.mjs'
import { importsOf, sourceFiles } from './layers/imports.ts'
import { judge } from './layers/judge.ts'
import { renderTables } from './layers/tables.ts'

const document = at('ARCHITECTURE.md')
const written = readFileSync(document, 'utf8')
const drawn = written.replace(
  /(<!-- layers:begin[^>]*-->\n).*?(<!-- layers:end -->)/s,
  (_, begin: string, end: string) => `${begin}${renderTables()}\n${end}`,
)

if (process.argv.includes('--write')) writeFileSync(document, drawn)
else if (drawn !== written) complain('ARCHITECTURE.md: the tables differ from layers.ts. Run `pnpm layers`.')

const files = sourceFiles()
for (const found of files.flatMap((file) => importsOf(file))) {
  const problem = judge(found)
  if (problem) complain(`${found.file}:${found.line}: ${found.specifier}: ${problem}`)
}
if (process.exitCode === undefined) console.log(`The imports of ${files.length} files keep to layers.ts.`)

function complain(message: string): void {
  console.error(message)
  process.exitCode = 1
}
