import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../../shared/use-cases/in-order.ts';

interface Item {
  readonly key: string;
  readonly name: string;
}

const item = (name: string): Item => ({ key: name.charAt(0), name });

/** A handler whose items end when the test says so. */
function controlled() {
  const begun: string[] = [];
  const endings = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const handle = ({ name }: Item) => {
    begun.push(name);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    endings.set(name, { resolve, reject });
    return promise;
  };
  const ending = (name: string) => {
    const found = endings.get(name);
    if (!found) throw new Error(`${name} has not begun`);
    return found;
  };
  return { begun, ending, run: inOrder<Item>(({ key }) => key, handle) };
}

describe('inOrder', () => {
  it('items of different keys run side by side, those of one key one after the other', async () => {
    const { begun, ending, run } = controlled();
    const all = [item('a1'), item('b1'), item('a2')].map(run);
    expect(begun).toEqual(['a1', 'b1']);
    ending('a1').resolve();
    await all[0];
    await Promise.resolve();
    expect(begun).toEqual(['a1', 'b1', 'a2']);
    ending('a2').resolve();
    ending('b1').resolve();
    await Promise.all(all);
  });

  it('where one fails, those of its key behind it fail with it and do not begin: a Green must not overtake', async () => {
    const { begun, ending, run } = controlled();
    const all = [item('a1'), item('a2'), item('a3'), item('b1')].map(run);
    ending('b1').resolve();
    ending('a1').reject(new Error('no'));
    const results = await Promise.allSettled(all);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(begun).toEqual(['a1', 'b1']);
  });

  it('each run begins anew: what failed in the last batch holds nobody up in the next', async () => {
    const first = inOrder<Item>(
      ({ key }) => key,
      () => Promise.reject(new Error('no')),
    );
    await expect(first(item('a1'))).rejects.toThrow('no');
    const second = inOrder<Item>(
      ({ key }) => key,
      () => Promise.resolve(),
    );
    await expect(second(item('a1'))).resolves.toBeUndefined();
  });
});
