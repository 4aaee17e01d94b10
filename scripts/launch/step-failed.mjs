/** A step of the launcher ended otherwise than well; the message is all that a person needs to read. */
export class StepFailed extends Error {
  /**
   * @param {string} message
   * @param {import('./processes.mjs').Outcome} outcome how the launcher itself ends
   */
  constructor(message, outcome = { code: 1, signal: null }) {
    super(message)
    this.outcome = outcome
  }
}
