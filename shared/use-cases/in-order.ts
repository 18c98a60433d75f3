/**
 * Lets items of different keys run side by side, and items of one key one after the other.
 * Where one fails, those of the same key behind it fail too: a Green must not overtake the Red that is retried.
 */
export function inOrder<Item>(
  keyOf: (item: Item) => string,
  handle: (item: Item) => Promise<void>,
): (item: Item) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (item) => {
    const key = keyOf(item);
    const before = last.get(key);
    const running = before === undefined ? handle(item) : before.then(() => handle(item));
    last.set(key, running);
    return running;
  };
}
