import { describe, expect, it } from 'vitest';
import { type StateEvent, stateEventsOf } from '../../../../shared/domain/state-event.ts';
import type { EventBus, PutFault } from '../../../../shared/ports.ts';
import {
  publishStateEvents,
  type RecordedChange,
} from '../../../../shared/use-cases/publish-state-events.ts';
import { FakeClock, FakeLog } from '../../../helpers/fakes.ts';
import { aRow } from '../../../helpers/state-events.ts';

const THROTTLED: PutFault = { code: 'ThrottlingException', message: 'slow down', retryable: true };
const REFUSED: PutFault = { code: 'NotAuthorizedForSourceException', message: 'no', retryable: false };

/** A bus that writes down each put, and takes what `fault` does not say. */
class FakeBus implements EventBus {
  readonly puts: (readonly string[])[] = [];
  fault: (name: string, put: number) => PutFault | undefined = () => undefined;

  async put(events: readonly StateEvent[]) {
    const names = events.map(({ detail }) => `${detail.findingId} ${detail.to}`);
    this.puts.push(names);
    return names.map((name) => this.fault(name, this.puts.length));
  }
}

function world() {
  const [bus, clock, log] = [new FakeBus(), new FakeClock(), new FakeLog()];
  return { bus, clock, log };
}

function aChange(findingId: string, ...states: ('Starting' | 'Running' | 'Resolved')[]): RecordedChange {
  const events = states.flatMap((state) =>
    stateEventsOf({ before: undefined, after: aRow({ findingId, state }), writtenAt: new Date(0) }),
  );
  return { findingId, events };
}

describe('publishStateEvents', () => {
  it('puts different findings together, and one finding in its order', async () => {
    const deps = world();
    const records = [
      aChange('a', 'Starting'),
      aChange('b', 'Starting', 'Running'),
      aChange('a', 'Running'),
      aChange('a'),
      aChange('a', 'Resolved'),
    ];
    expect(await publishStateEvents(deps, records)).toEqual(new Set());
    expect(deps.bus.puts).toEqual([['a Starting', 'b Starting'], ['a Running', 'b Running'], ['a Resolved']]);
  });

  it('nothing to tell is no call', async () => {
    const deps = world();
    expect(await publishStateEvents(deps, [aChange('a'), aChange('b')])).toEqual(new Set());
    expect(deps.bus.puts).toEqual([]);
  });

  it('what was throttled is put again, alone and before what follows it', async () => {
    const deps = world();
    deps.bus.fault = (name, put) => (name === 'b Starting' && put <= 2 ? THROTTLED : undefined);
    const records = [aChange('a', 'Starting'), aChange('b', 'Starting'), aChange('b', 'Running')];
    expect(await publishStateEvents(deps, records)).toEqual(new Set());
    expect(deps.bus.puts).toEqual([
      ['a Starting', 'b Starting'],
      ['b Starting'],
      ['b Starting'],
      ['b Running'],
    ]);
  });

  it('what is never taken fails its record and those of its finding behind it, and no other', async () => {
    const deps = world();
    deps.bus.fault = (name) => (name === 'b Starting' ? THROTTLED : undefined);
    const records = [
      aChange('a', 'Starting'),
      aChange('b', 'Starting'),
      aChange('b', 'Running'),
      aChange('a', 'Running'),
    ];
    expect(await publishStateEvents(deps, records)).toEqual(new Set([records[1], records[2]]));
    expect(deps.bus.puts.flat().filter((name) => name.startsWith('b'))).toEqual(Array(3).fill('b Starting'));
    expect(deps.bus.puts.flat()).toContain('a Running');
    expect(deps.log.lines.at(-1)).toMatchObject({ level: 'error' });
  });

  it('what is refused is not put again', async () => {
    const deps = world();
    deps.bus.fault = () => REFUSED;
    const records = [aChange('a', 'Starting', 'Running')];
    expect(await publishStateEvents(deps, records)).toEqual(new Set(records));
    expect(deps.bus.puts).toEqual([['a Starting']]);
  });

  it('a record that cannot be read fails, and holds up its finding only', async () => {
    const deps = world();
    const records: RecordedChange[] = [
      { findingId: 'a', events: [new Error('unreadable')] },
      aChange('b', 'Starting'),
      aChange('a', 'Running'),
    ];
    expect(await publishStateEvents(deps, records)).toEqual(new Set([records[0], records[2]]));
    expect(deps.bus.puts).toEqual([['b Starting']]);
  });
});
