/** Counts the bytes of the uploads now being worked on, which belong to no session yet. */
export class WorkingMemory {
  #heldBytes = 0

  get heldBytes(): number {
    return this.#heldBytes
  }

  hold(bytes: number): Disposable {
    this.#heldBytes += bytes
    return { [Symbol.dispose]: () => void (this.#heldBytes -= bytes) }
  }
}
