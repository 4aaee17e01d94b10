import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { at } from './workspace.mjs'

/**
 * How a process ended.
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Outcome
 *
 * What became of a process that was being watched: whether a person (or whoever runs us) stopped it, or its time was up.
 * @typedef {Outcome & { interrupted?: NodeJS.Signals, late: boolean }} Ending
 *
 * @typedef {[command: string, args: string[]]} Call
 */

const graceMs = 5_000

/**
 * Runs a step out of sight, its lines going to `onLine`. It leads a process group of its own, so that one signal to us
 * ends everything the step has started, grandchildren included.
 *
 * @param {Call} call
 * @param {{ env?: Record<string, string>, onLine?: (line: string) => void, limitMs?: number }} [options]
 * @returns {Promise<Ending>}
 */
export async function runStep([command, args], { env = {}, onLine = () => {}, limitMs } = {}) {
  const child = spawn(command, args, {
    cwd: at('.'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine)

  const signalGroup = (/** @type {NodeJS.Signals} */ signal) => {
    try {
      if (child.pid) process.kill(-child.pid, signal)
    } catch {
      // The group is already gone.
    }
  }
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    signalGroup('SIGTERM')
    setTimeout(() => signalGroup('SIGKILL'), graceMs).unref()
  }
  const ending = await watch(child, { onSignal: stop, onLate: stop, limitMs })
  if (stopping) signalGroup('SIGKILL')
  return ending
}

/**
 * Runs a program in our place: same terminal, same process group, every signal passed on.
 * A terminal's Ctrl-C reaches it directly, then again from here (npm does the same): its stop must bear repeating.
 *
 * @param {Call} call
 * @param {{ env?: Record<string, string>, limitMs?: number }} [options]
 * @returns {Promise<Ending>}
 */
export function handOver([command, args], { env = {}, limitMs } = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'inherit' })
  let presses = 0
  let lastAt = -Infinity
  return watch(child, {
    limitMs,
    onLate: () => child.kill('SIGKILL'),
    onSignal(signal) {
      // One key press arrives two or three times over; only presses a person could have made apart count.
      const now = performance.now()
      if (now - lastAt < 500) return
      lastAt = now
      presses += 1
      child.kill(presses < 3 ? signal : 'SIGKILL')
    },
  })
}

/** Ends this process as its child ended, so that whoever waits for it sees the same. */
export function endAs(/** @type {Outcome} */ { code, signal }) {
  process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0)
}

/** @type {NodeJS.Signals[]} */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Waits for a child, and hears every request to stop on its behalf.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ onSignal: (signal: NodeJS.Signals) => void, onLate: () => void, limitMs: number | undefined }} reactions
 * @returns {Promise<Ending>}
 */
function watch(child, { onSignal, onLate, limitMs }) {
  return new Promise((resolve, reject) => {
    /** @type {NodeJS.Signals | undefined} */
    let interrupted
    let late = false
    const hear = (/** @type {NodeJS.Signals} */ signal) => {
      interrupted ??= signal
      onSignal(signal)
    }
    const pastLimit = () => {
      late = true
      onLate()
    }
    const limit = limitMs === undefined ? undefined : setTimeout(pastLimit, limitMs)
    const release = () => {
      clearTimeout(limit)
      for (const signal of stopSignals) process.off(signal, hear)
    }
    for (const signal of stopSignals) process.on(signal, hear)
    child.once('error', (error) => {
      release()
      reject(error)
    })
    child.once('close', (code, signal) => {
      release()
      resolve({ code, signal, late, ...(interrupted && { interrupted }) })
    })
  })
}
