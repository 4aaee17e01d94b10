import { execFileSync } from 'node:child_process'
import { openSync, rmSync, closeSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A way to let a running collector have no more room, and to give it back. Both act at once. */
export type FullDisk = {
  name: string
  mount(folder: string): Disposable
  fill(folder: string, pid: number): void
  free(folder: string, pid: number): void
}

/** The system lets the process write nothing further into any file. Needs no rights, since it is our own child. */
const noFurtherByte: FullDisk = {
  name: 'its files may not grow (a limit of the system)',
  mount: () => ({ [Symbol.dispose]: () => undefined }),
  fill: (_folder, pid) => void execFileSync('prlimit', ['--pid', String(pid), '--fsize=1:']),
  free: (_folder, pid) => void execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:']),
}

/** A small disk that something else fills. */
const smallDisk: FullDisk = {
  name: 'its disk is full (a tmpfs of 4 MiB)',
  mount(folder) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'headroom-test', folder], { stdio: 'ignore' })
    return { [Symbol.dispose]: () => void execFileSync('umount', ['--lazy', folder]) }
  },
  fill(folder) {
    const ballast = openSync(join(folder, 'ballast'), 'w')
    try {
      for (let written = 0; written < 8 * 2 ** 20;) written += writeSync(ballast, Buffer.alloc(4_096))
    } catch {
      // Now it is full to the last page.
    } finally {
      closeSync(ballast)
    }
  },
  free: (folder) => rmSync(join(folder, 'ballast')),
}

/** The ways that this machine allows; mounting takes root. */
export function fullDisks(folder: string): FullDisk[] {
  try {
    smallDisk.mount(folder)[Symbol.dispose]()
    return [noFurtherByte, smallDisk]
  } catch {
    return [noFurtherByte]
  }
}
