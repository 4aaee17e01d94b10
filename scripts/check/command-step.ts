import { type Call, runStep } from '../launch/processes.mjs'
import type { Result, Step } from './step.ts'

/** For a command that hangs; the slowest takes a sixth of a minute, and many times that on a busy machine. */
const limitMs = 600_000

/** A step that is one command: it passes or fails as a whole, and is heard only if it fails. */
export function commandStep(name: string, call: Call, env: Record<string, string> = {}): Step {
  return {
    name,
    async run(): Promise<Result> {
      const lines: string[] = []
      const ending = await runStep(call, { env, limitMs, onLine: (line) => lines.push(line) })
      if (ending.late) lines.push(`Stopped: it took longer than ${limitMs / 1000} s.`)
      const passed = ending.code === 0 && !ending.late
      return {
        passed: passed ? 1 : 0,
        failed: passed ? 0 : 1,
        missing: [],
        skipped: [],
        output: lines.join('\n').trim(),
        interrupted: ending.interrupted !== undefined,
      }
    },
  }
}
