import { accessSync, constants, statfsSync } from 'node:fs'
import { at } from './workspace.mjs'

const enoughBytes = 64 * 2 ** 20

/** The causes that a person can do something about, most certain first. */
const causes = [
  {
    applies: (/** @type {string} */ output) => freeBytes() < enoughBytes || /ENOSPC|no space left/i.test(output),
    advice: 'The disk is full. An installation takes about 1 GB: make room, then run the same command again.',
  },
  {
    applies: (/** @type {string} */ output) =>
      !isWritable() || /EACCES|EROFS|permission denied|read-only file/i.test(output),
    advice:
      'Something could not be written. Check that this folder and your npm cache (`npm config get cache`) belong to you, then run the same command again.',
  },
  {
    applies: (/** @type {string} */ output) => /FROZEN_LOCKFILE|OUTDATED_LOCKFILE/.test(output),
    advice:
      'pnpm-lock.yaml does not fit the package.json files. After changing a dependency, run `npx pnpm install` and commit both.',
  },
  {
    applies: (/** @type {string} */ output) =>
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|dns error|error sending request|network (?:error|is unreachable)/i.test(
        output,
      ),
    advice:
      'The npm registry cannot be reached. The first start needs it once; later ones need no network. Check the connection (or `npm config get registry` and the proxy), then run the same command again.',
  },
]

/** A failed step, told: the last of what it printed (less of it where the cause is known), then what to do. */
export function explain(/** @type {string} */ what, /** @type {string[]} */ tail) {
  const lines = tail.filter((line) => line.trim() && !/^npm (?:warn|notice)/i.test(line))
  const advice = causes.find((cause) => cause.applies(lines.join('\n')))?.advice
  return `\n${lines.slice(advice ? -8 : -40).join('\n')}\n\n${what}. ${advice ?? 'The lines above say why.'}`
}

function freeBytes() {
  const { bavail, bsize } = statfsSync(at('.'))
  return bavail * bsize
}

function isWritable() {
  try {
    accessSync(at('.'), constants.W_OK)
    return true
  } catch {
    return false
  }
}
