import { readFile } from 'node:fs/promises'
import { loadConfig, type LoadResult } from '../../config/load.ts'
import { loadPresets } from '../../presets/load.ts'
import { SOURCES } from '../index.ts'

/** The blocks of code of one language in `docs/sources/NAME`. */
export async function codeIn(name: string, language: string): Promise<string[]> {
  const text = await readFile(new URL(`../../../../../docs/sources/${name}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, lang, code = '']) =>
    lang === language ? [code] : [],
  )
}

/** An example of a document, read as headroom.yaml is; every variable it names is set. */
export function loadExample(yaml: string): LoadResult {
  return loadConfig(yaml, { lookup: (name) => `value-of-${name}`, sources: SOURCES, presets: loadPresets() })
}
