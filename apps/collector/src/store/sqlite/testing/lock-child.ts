/* Takes a folder's lock, says so, and holds it until killed; for tests. */
import { writeSync } from 'node:fs'
import { lockFolder } from '../../lock-folder.ts'

using lock = lockFolder(process.argv[2] ?? '')
writeSync(1, `locked ${typeof lock}\n`)
await new Promise(() => process.stdin.resume())
