import type { SourceProblem } from '@headroom/shared/model/system.ts'

/** Why a file cannot be read, and what to do. */
export function fsProblem(path: string, error: unknown): SourceProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      if (/[*?]|^~/.test(path))
        return {
          code: 'no_file',
          message: `there is no file ${path}: it is taken as it stands, for * and ~ mean nothing here; give one whole name for each source, or follow several with command: [tail, -q, -n0, -F, NAME, NAME]`,
        }
      return {
        code: 'no_file',
        message: `there is no file ${path} (yet); it is read from its beginning once it is there. Check \`file\`, and that the program logs to it`,
      }
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'no_permission',
        message: `${path} may not be read by the user Headroom runs as; give it read permission, for instance through the group that owns the log (often adm)`,
      }
    case 'EMFILE':
    case 'ENFILE':
      return { code: 'local', message: 'this machine has run out of open files; raise its limit (ulimit -n)' }
    default:
      return { code: 'unreadable', message: `${path} cannot be read (${code}); look at the disk it is on` }
  }
}
