import { runStep } from '../launch/processes.mjs'

const env = {
  DEBIAN_FRONTEND: 'noninteractive',
  // As if booting: the package's service stays down, the suites start their own.
  RUNLEVEL: '1',
}

/** Chromium comes with a hundred packages; and an installation that is cut off leaves a broken one behind. */
const limitMs = 900_000

/** Somebody else may be installing; and a mirror may be away for a moment, which apt itself sits out. */
const patience = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3']

type Ending = { done: true } | { done: false; why: string; again: boolean }

async function apt(...args: string[]): Promise<Ending> {
  const lines: string[] = []
  const onLine = (line: string): void => void (line.trim() && lines.push(line))
  const ending = await runStep(['apt-get', ['-q', '-y', ...patience, ...args]], { env, limitMs, onLine })
  if (ending.interrupted) return { done: false, why: 'interrupted', again: false }
  if (ending.late) return { done: false, why: `it took longer than ${limitMs / 60_000} minutes`, again: false }
  if (ending.code === 0) return { done: true }
  return {
    done: false,
    why: lines.findLast((line) => /^[EW]: /.test(line)) ?? lines.at(-1) ?? 'it said nothing',
    again: true,
  }
}

let updating: Promise<Ending> | undefined

/**
 * Installs a Debian package; gives why not, in the words of apt. What the outside is at fault for is tried once more,
 * with a newer list of what there is, and that is said.
 */
export async function installPackage(name: string): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    await (updating ??= apt('update'))
    const ending = await apt('install', '--no-install-recommends', name)
    if (ending.done) return undefined
    if (attempt === 2 || !ending.again) return ending.why
    console.log(`apt-get could not install ${name} (${ending.why}), trying once more ...`)
    updating = undefined
  }
}
