/** What came of a step: `passed` and `failed` count its tests, or the step itself where it has none. */
export interface Result {
  readonly passed: number
  readonly failed: number
  /** What of it could not run at all, and why: "the redis suite: Redis is not installed". */
  readonly missing: readonly string[]
  /** Tests that found that they do not apply here (a permission that root does not lack), by name. */
  readonly skipped: readonly string[]
  /** What a person reads to mend it; shown only if something failed. */
  readonly output: string
  readonly interrupted: boolean
}

export interface Step {
  readonly name: string
  run(): Promise<Result>
}
