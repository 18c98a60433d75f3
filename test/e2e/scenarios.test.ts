import { expect, test } from 'vitest';
import type { Narrator } from '../../local/demo/console.ts';
import { SCENARIOS } from '../../local/demo/scenarios/registry.ts';
import { bootCloud } from '../helpers/cloud.ts';

/** Keeps what did not hold. */
class Listener implements Narrator {
  readonly held: string[] = [];
  readonly failed: string[] = [];
  chapter(): void {}
  step(): void {}
  expect(held: boolean, text: string): void {
    (held ? this.held : this.failed).push(text);
  }
}

test.each(Object.entries(SCENARIOS))(
  'the use case %s holds from event to closed OpsItem',
  async (_, load) => {
    await using booted = await bootCloud();
    const listener = new Listener();
    const tell = await load();
    await tell(booted.world, listener);
    expect(listener.failed).toEqual([]);
    expect(listener.held.length).toBeGreaterThan(5);
  },
);
