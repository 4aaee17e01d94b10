/** What came of a step: `passed` and `failed` count its tests, or the step itself where it has none. */
export interface Result {
  readonly passed: number
  readonly failed: number
  /** What did not run, by name, with the reason. */
  readonly skipped: readonly string[]
  /** What a person reads to mend it; shown only if something failed. */
  readonly output: string
  readonly interrupted: boolean
}

export interface Step {
  readonly name: string
  run(): Promise<Result>
}
