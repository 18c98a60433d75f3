import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCalendars } from '../../../../shared/aws/calendars.ts';
import type { Place } from '../../../../shared/ports.ts';
import { FakeClock, MINUTE } from '../../../helpers/fakes.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../../helpers/fakes-aws-json.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const OTHERS = `arn:aws:ssm:${REGION}:123456789012:document/freeze`;

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
});
afterAll(() => aws[Symbol.asyncDispose]());

let clock: FakeClock;
let places: Place[];
beforeEach(() => {
  clock = new FakeClock('2024-05-13T04:10:00.000Z');
  places = [];
  aws.requests.length = 0;
});

function create() {
  return createCalendars((place) => {
    places.push(place);
    return new SSMClient({
      region: place.region,
      endpoint: aws.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  }, clock);
}

describe('change calendars', () => {
  it("asks for all of them at once, in the finding's place, and tells when that changes", async () => {
    aws.answer = () => ({ State: 'CLOSED', NextTransitionTime: '2024-05-13T06:00:00Z' });
    expect(await create().stateOf(['freeze', OTHERS], PLACE)).toEqual({
      open: false,
      changesAt: new Date('2024-05-13T06:00:00Z'),
    });
    expect(aws.requests).toEqual([
      { operation: 'GetCalendarState', body: { CalendarNames: ['freeze', OTHERS] } },
    ]);
    expect(places).toEqual([PLACE]);
  });

  it.each([
    ['OPEN', true],
    ['CLOSED', false],
    ['SOMETHING_NEW', false],
    [undefined, false],
  ])('%s: open is %s', async (State, open) => {
    aws.answer = () => ({ State });
    expect(await create().stateOf(['freeze'], PLACE)).toEqual({ open });
  });

  it('a time that is none is not told', async () => {
    aws.answer = () => ({ State: 'CLOSED', NextTransitionTime: 'never' });
    expect(await create().stateOf(['freeze'], PLACE)).toEqual({ open: false });
  });

  it.each([
    'InvalidDocument',
    'InvalidDocumentType',
    'UnsupportedCalendarException',
    'AccessDeniedException',
  ])('%s is thrown: never "open", and not remembered', async (code) => {
    const calendars = create();
    aws.answer = () => new AwsFault(code);
    await expect(calendars.stateOf(['freeze'], PLACE)).rejects.toMatchObject({ name: code });
    aws.answer = () => ({ State: 'OPEN' });
    expect(await calendars.stateOf(['freeze'], PLACE)).toEqual({ open: true });
  });

  it('is remembered for a minute, by place and names', async () => {
    aws.answer = () => ({ State: 'OPEN' });
    const calendars = create();
    const asked = async (names: string[], place: Place) => {
      await calendars.stateOf(names, place);
      return aws.requests.length;
    };
    expect(await asked(['freeze'], PLACE)).toBe(1);
    expect(await asked(['freeze'], PLACE)).toBe(1);
    expect(await asked(['freeze', 'other'], PLACE)).toBe(2);
    expect(await asked(['freeze'], { ...PLACE, region: 'us-east-1' })).toBe(3);
    expect(await asked(['freeze'], { ...PLACE, account: '123456789012' })).toBe(4);
    clock.advance(MINUTE - 1);
    expect(await asked(['freeze'], PLACE)).toBe(4);
    clock.advance(1);
    expect(await asked(['freeze'], PLACE)).toBe(5);
  });

  it('not beyond the time at which it changes: a calendar that closes is closed', async () => {
    aws.answer = () => ({ State: 'OPEN', NextTransitionTime: '2024-05-13T04:10:10Z' });
    const calendars = create();
    await calendars.stateOf(['freeze'], PLACE);
    clock.advance(10_000);
    aws.answer = () => ({ State: 'CLOSED' });
    expect(await calendars.stateOf(['freeze'], PLACE)).toEqual({ open: false });
  });

  it('a change that lies behind us does not keep it from being remembered', async () => {
    aws.answer = () => ({ State: 'OPEN', NextTransitionTime: '2024-05-13T04:00:00Z' });
    const calendars = create();
    await calendars.stateOf(['freeze'], PLACE);
    await calendars.stateOf(['freeze'], PLACE);
    expect(aws.requests).toHaveLength(1);
  });
});
