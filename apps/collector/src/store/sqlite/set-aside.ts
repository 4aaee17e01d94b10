import { existsSync, renameSync } from 'node:fs'

/** Gives a damaged database and its log another name, under which they can be looked into. Gives the name. */
export function setAside(file: string, now: number): string {
  const name = `${file}.corrupt-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}`
  let aside = name
  for (let more = 2; existsSync(aside); more++) aside = `${name}-${more}`
  renameSync(file, aside)
  for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  return aside
}
