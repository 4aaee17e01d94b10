import type { DatabaseSync } from 'node:sqlite'

/** Runs work as one transaction: all of it is durable when `run` returns, and nothing of it is when it throws. */
export class Transactions {
  #database: DatabaseSync
  #begin
  #commit

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#begin = database.prepare('BEGIN')
    this.#commit = database.prepare('COMMIT')
  }

  run<Result>(work: () => Result): Result {
    this.#begin.run()
    try {
      const result = work()
      this.#commit.run()
      return result
    } catch (error) {
      // SQLite has already rolled back after some failures, a full disk among them.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }
}
