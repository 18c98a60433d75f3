/** Handles all items, no more than so many at a time; the first failure is thrown when those under way have ended. */
export async function atOnce<Item>(
  most: number,
  items: readonly Item[],
  handle: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await handle(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, worker));
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}
