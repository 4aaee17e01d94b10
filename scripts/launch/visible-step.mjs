import { explain } from './explain.mjs'
import { runStep } from './processes.mjs'
import { startProgress } from './progress.mjs'
import { StepFailed } from './step-failed.mjs'

const tailLines = 40

/**
 * A step that a person waits for: shows what it is doing, and says what to do if it does not work out.
 *
 * @param {object} step
 * @param {string} step.title while it runs
 * @param {string} [step.stage] what it begins with
 * @param {string} step.failure a sentence's beginning, should it fail
 * @param {import('./processes.mjs').Call} step.call
 * @param {Record<string, string>} [step.env]
 * @param {(line: string, progress: import('./progress.mjs').Progress) => void} [step.onLine]
 * @param {() => void} [step.verify] throws StepFailed if the work does not hold
 */
export async function visibleStep({ title, stage, failure, call, env = {}, onLine = () => {}, verify = () => {} }) {
  const progress = startProgress(title, stage)
  /** @type {string[]} */
  const tail = []
  let verdict = 'failed'
  try {
    const ending = await runStep(call, {
      env,
      onLine(line) {
        tail.push(line)
        if (tail.length > tailLines) tail.shift()
        onLine(line, progress)
      },
    })
    if (ending.interrupted) {
      verdict = 'interrupted'
      const message = 'Nothing is broken: run the same command again to finish.'
      throw new StepFailed(message, { code: null, signal: ending.interrupted })
    }
    if (ending.code !== 0) throw new StepFailed(explain(failure, tail))
    verify()
    verdict = 'done'
  } finally {
    progress.end(verdict)
  }
}
