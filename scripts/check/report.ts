import type { Result } from './step.ts'

/** Tells how the steps went as they end, and sums them up. */
export class Report {
  readonly #strict: boolean
  readonly #nameWidth: number
  readonly #print: (text: string) => void
  #passed = 0
  #failed = 0
  #interrupted = false
  readonly #skipped: string[] = []

  /** @param strict whether a step that cannot run has failed, as in CI, where nobody would notice that it never does */
  constructor(options: { strict: boolean; nameWidth: number; print: (text: string) => void }) {
    this.#strict = options.strict
    this.#nameWidth = options.nameWidth
    this.#print = options.print
  }

  get interrupted(): boolean {
    return this.#interrupted
  }

  add(name: string, { passed, failed, missing, skipped, output, interrupted }: Result, seconds: number): void {
    this.#interrupted ||= interrupted
    if (this.#interrupted) return
    const failures = failed + (this.#strict ? missing.length : 0)
    this.#passed += passed
    this.#failed += failures
    this.#skipped.push(...skipped, ...missing)

    const ran = passed + failed > 0 || missing.length === 0
    const verdict = failures > 0 ? 'FAILED ' : ran ? 'passed ' : 'skipped'
    const tests = passed + failed > 1 ? `  ${passed} of ${passed + failed} tests` : ''
    this.#print(`${verdict}  ${name.padEnd(this.#nameWidth)}  ${seconds.toFixed(1).padStart(5)} s${tests}`)
    if (failed > 0 && output) this.#print(`\n${output.replaceAll(/^/gm, '    ')}\n`)
  }

  /** Prints the closing line, and says how the process ends. */
  close(): number {
    if (this.#interrupted) {
      this.#print('\nInterrupted.')
      return 130
    }
    if (this.#skipped.length > 0) this.#print(`\nSkipped:\n${this.#skipped.map((what) => `    ${what}`).join('\n')}`)
    this.#print(`\n${this.#passed} passed, ${this.#failed} failed`)
    return this.#failed > 0 ? 1 : 0
  }
}
