import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compilePattern } from '../../../local/events/pattern.ts';
import { STATES } from '../../../shared/domain/lifecycle.ts';
import { stateEventsOf } from '../../../shared/domain/state-event.ts';
import { aRow, faultsOf, onTheBus } from '../../helpers/state-events.ts';

const read = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
const { EventPattern, Targets } = parse(read('examples/tell-people.yml'), { logLevel: 'silent' }).Resources
  .Rule.Properties;

const eventsInto = (state: (typeof STATES)[number]) =>
  stateEventsOf({
    before: undefined,
    after: aRow({ state, opsItemId: 'oi-0123456789ab' }),
    writtenAt: new Date(0),
  }).map(onTheBus);

describe('examples/tell-people.yml', () => {
  it('hears of what needs people, and of nothing else', () => {
    const heard = STATES.filter((state) => eventsInto(state).some(compilePattern(EventPattern)));
    expect(heard).toEqual(['Escalated', 'AwaitingApproval', 'Failed']);
  });

  it('writes what an event has', () => {
    const [event] = eventsInto('Escalated');
    const { InputPathsMap, InputTemplate } = Targets[0].InputTransformer;
    for (const [name, path] of Object.entries<string>(InputPathsMap)) {
      const value = path
        .split('.')
        .slice(1)
        .reduce<unknown>((parent, key) => (parent as Record<string, unknown>)[key], event);
      expect(value, path).toEqual(expect.any(String));
      expect(InputTemplate).toContain(`<${name}>`);
    }
  });
});

describe('docs/events.md', () => {
  it('shows an event as it is', () => {
    const [, shown = ''] =
      read('docs/events.md').match(/```json\n(\{\n {2}"source": "remediator".+?\n\})\n```/s) ?? [];
    const [whole] = eventsInto('Starting');
    expect(faultsOf({ ...whole, ...JSON.parse(shown) })).toEqual([]);
  });
});
