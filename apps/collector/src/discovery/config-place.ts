import { access, constants, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Where headroom.yaml is or would be, and whether this program may write it: only where there is none. */
export type ConfigPlace = { path: string; exists: boolean; writable: boolean }

export async function lookAtPlace(path: string): Promise<ConfigPlace> {
  const can = (what: string, mode: number): Promise<boolean> =>
    access(what, mode).then(
      () => true,
      () => false,
    )
  const exists = await can(path, constants.F_OK)
  return { path, exists, writable: !exists && (await can(dirname(path), constants.W_OK)) }
}

/** Writes it where there is none; else says why not. Made by somebody else in the meantime it is not ours to replace. */
export async function writeNew(
  path: string,
  text: string,
): Promise<{ written: true } | { written: false; why: string }> {
  try {
    await writeFile(path, text, { flag: 'wx' })
    return { written: true }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const why =
      code === 'EEXIST'
        ? `${path} is there already, and a file that somebody wrote is not changed from here: add the lines to it.`
        : `${path} cannot be written (${code}): make it yourself, with these lines.`
    return { written: false, why }
  }
}
