import { describe, expect, it } from 'vitest';
import { CONTEXT, dedup, failsWith, start } from './start-ops-center.ts';

describe('duplicates', () => {
  const data = { OperationalData: dedup('finding-1') };

  it.each(['Open', 'InProgress'])('are not made while the first is %s', (Status) => {
    const { create, update, bus } = start();
    const first = create(data);
    update(first, { Status });
    const events = bus.recentEvents().length;
    expect(() => create(data)).toThrow(failsWith('OpsItemAlreadyExistsException', { OpsItemId: first }));
    expect(bus.recentEvents()).toHaveLength(events);
  });

  it('are made once the first is resolved, or has lost its string', () => {
    const { create, update } = start();
    const first = create(data);
    update(first, { Status: 'Resolved' });
    const second = create(data);
    expect(second).not.toBe(first);
    update(second, { OperationalDataToDelete: ['/aws/dedup'] });
    create(data);
  });

  it('do not come about by opening a resolved one again', () => {
    const { create, update, get } = start();
    const first = create(data);
    update(first, { Status: 'Resolved' });
    const second = create(data);
    expect(() => update(first, { Status: 'Open' })).toThrow(
      failsWith('OpsItemAlreadyExistsException', { OpsItemId: second }),
    );
    expect(get(first)).toMatchObject({ Status: 'Resolved', Version: '2' });
    update(second, { Status: 'Resolved' });
    update(first, { Status: 'Open' });
    expect(() => create(data)).toThrow(failsWith('OpsItemAlreadyExistsException', { OpsItemId: first }));
  });

  it('are found from every region', () => {
    const { create } = start();
    const first = create(data);
    expect(() => create(data, { ...CONTEXT, region: 'eu-west-1' })).toThrow(
      failsWith('OpsItemAlreadyExistsException', { OpsItemId: first }),
    );
  });
});
