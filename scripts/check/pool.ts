/** Runs an action on every item, at most so many at a time, in their order. */
export async function runInPool<Item>(
  size: number,
  items: readonly Item[],
  action: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const worker = async (): Promise<void> => {
    for (const item of queue) await action(item)
  }
  await Promise.all(Array.from({ length: size }, worker))
}
