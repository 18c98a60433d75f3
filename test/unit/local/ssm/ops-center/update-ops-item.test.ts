import { describe, expect, it } from 'vitest';
import { ACCOUNT, CONTEXT, failsWith, NEW, ROLE, refuses, searchable, start } from './start-ops-center.ts';

describe('UpdateOpsItem', () => {
  it('changes what is given, counts the version, and says who and when', async () => {
    const { clock, create, get, update } = start();
    const id = create({
      Priority: 1,
      OperationalData: { a: searchable('1'), b: searchable('2'), c: searchable('3') },
    });
    await clock.advance(5000);
    const changes = { Status: 'InProgress', Title: 'T', Priority: 5, Severity: '4' };
    const responder = `arn:aws:iam::${ACCOUNT}:user/responder`;
    update(
      id,
      { ...changes, OperationalData: { b: searchable('two') }, OperationalDataToDelete: ['a', 'none'] },
      { ...CONTEXT, principalArn: responder },
    );
    expect(get(id)).toMatchObject({
      ...NEW,
      ...changes,
      Version: '2',
      CreatedBy: ROLE,
      LastModifiedBy: responder,
      LastModifiedTime: clock.now(),
    });
    expect(get(id).OperationalData).toEqual({ b: searchable('two'), c: searchable('3') });
  });

  it('sends an event shaped as the one in the user guide', async () => {
    const { bus, clock, create, update } = start();
    const id = create();
    await clock.advance(77_317);
    update(
      id,
      { Status: 'Resolved' },
      { ...CONTEXT, principalArn: `arn:aws:iam::${ACCOUNT}:user/responder` },
    );
    const event = bus.recentEvents().at(-1);
    expect(event).toEqual({
      version: '0',
      id: expect.any(String),
      'detail-type': 'OpsItem Update',
      source: 'aws.ssm',
      account: ACCOUNT,
      time: '2024-10-19T02:48:11Z',
      region: 'us-west-2',
      resources: [`arn:aws:ssm:us-west-2:${ACCOUNT}:opsitem/${id}`],
      detail: {
        'created-by': ROLE,
        'created-time': '2024-10-19T02:46:54.049Z',
        'modified-by': `arn:aws:iam::${ACCOUNT}:user/responder`,
        'modified-time': '2024-10-19T02:48:11.366Z',
        source: 'remediator',
        status: 'Resolved',
        'ops-item-id': id,
        title: '[TA] title',
        'ops-item-type': '/aws/issue',
        description: 'text',
      },
    });
  });

  it.each(['Pending', 'TimedOut', 'Cancelled', 'Approved', 'Closed'])(
    'refuses status %s of change requests',
    (Status) => {
      const { create, update, get } = start();
      const id = create();
      expect(() => update(id, { Status })).toThrow(refuses('Status'));
      expect(get(id).Version).toBe('1');
    },
  );

  it.each([
    ['an unknown status', { Status: 'Done' }, 'ValidationException'],
    ['a lower-case status', { Status: 'resolved' }, 'ValidationException'],
    ['an empty title', { Title: '' }, 'ValidationException'],
    ['numbers to delete', { OperationalDataToDelete: [1] }, 'SerializationException'],
  ])('refuses %s', (_, fault, code) => {
    const { create, update } = start();
    const id = create();
    expect(() => update(id, fault)).toThrow(failsWith(code));
  });

  it('works from every region; ARN and event keep the one where the OpsItem was made', () => {
    const { bus, call, create, update } = start();
    const id = create();
    const elsewhere = { ...CONTEXT, region: 'eu-west-1' };
    update(id, { Status: 'InProgress' }, elsewhere);
    const OpsItemArn = `arn:aws:ssm:us-west-2:${ACCOUNT}:opsitem/${id}`;
    expect(call('GetOpsItem', { OpsItemId: id }, elsewhere)).toMatchObject({
      OpsItem: { Status: 'InProgress', OpsItemArn },
    });
    expect(call('DescribeOpsItems', {}, elsewhere)).toMatchObject({ OpsItemSummaries: [{ OpsItemId: id }] });
    expect(bus.recentEvents().at(-1)).toMatchObject({
      'detail-type': 'OpsItem Update',
      region: 'us-west-2',
      resources: [OpsItemArn],
    });
  });

  it('refuses an OpsItem that is not there, and an ID that is none', () => {
    const { call, update } = start();
    expect(() => update('oi-ffffffffffff', {})).toThrow(failsWith('OpsItemNotFoundException'));
    expect(() => call('GetOpsItem', { OpsItemId: 'oi-ffffffffffff' })).toThrow(
      failsWith('OpsItemNotFoundException'),
    );
    expect(() => call('GetOpsItem', { OpsItemId: 'x' })).toThrow(failsWith('ValidationException'));
    expect(() => call('GetOpsItem', {})).toThrow(failsWith('ValidationException'));
  });
});
