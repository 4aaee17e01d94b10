import { readFile } from 'node:fs/promises'

/** The blocks of code of one language in `docs/sources/NAME`. */
export async function codeIn(name: string, language: string): Promise<string[]> {
  const text = await readFile(new URL(`../../../../../docs/sources/${name}`, import.meta.url), 'utf8')
  const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
  return blocks.flatMap(([, lang, code = '']) => (lang === language ? [code] : []))
}
