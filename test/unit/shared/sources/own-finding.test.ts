import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { errorOf } from '../../../helpers/fakes.ts';
import { sampleEvent } from '../../../helpers/records.ts';
import { readOne, withDetail } from '../../../helpers/source-events.ts';

const NAME = 'remediator-finding';
const read = (changes: Readonly<Record<string, unknown>>) => readOne(withDetail(NAME, changes));

const schema = z.fromJSONSchema(
  JSON.parse(
    readFileSync(new URL('../../../../docs/events/remediator-finding.schema.json', import.meta.url), 'utf8'),
  ),
);

describe('a Remediator Finding', () => {
  it("is what people's own tools say", () => {
    expect(readOne(sampleEvent(NAME))).toEqual({
      source: 'com.example.scanner',
      sourceFindingId: 'scan-2024-05-13/42',
      checkName: 'Log buckets must keep versions',
      checkId: 'EX-17',
      account: '123456789012',
      region: 'eu-central-1',
      resource: 'arn:aws:s3:::example-logs',
      resourceType: 's3',
      status: 'Red',
      severity: 'high',
      observedAt: new Date('2024-05-13T04:08:32.687Z'),
      detail: { scanner: '1.4.2', rule: '{"id":17}' },
    });
  });

  it('that is nested more deeply than it can be told again is one that cannot be read', () => {
    let nested: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
    const event = { ...sampleEvent(NAME), detail: { checkName: 'x', status: 'Red', detail: { nested } } };
    expect(errorOf(() => readOne(event))).toMatchObject({ code: 'EVENT_INCOMPLETE' });
  });

  it('needs a check and a status, and nothing more', () => {
    const event = { ...sampleEvent(NAME), detail: { checkName: 'x', status: 'Yellow' } };
    expect(readOne(event)).toMatchObject({ resource: 'check/x', resourceType: 'check', status: 'Yellow' });
  });

  it('keeps keys that nobody knows', () => {
    expect(read({ someday: [1] }).detail).toMatchObject({ someday: '[1]', scanner: '1.4.2' });
  });

  it('approves nothing, whatever it says', () => {
    const approval = { by: 'me', at: '2024-05-13T04:08:32Z' };
    expect(read({ approval })).not.toHaveProperty('approval');
  });

  it.each([
    [{ status: undefined }, 'detail.status is missing'],
    [{ status: 'Blue' }, 'detail.status: has to be one of "Red", "Yellow", "Green"'],
    [{ checkName: 7 }, 'detail.checkName: has to be of the type string'],
    [{ checkName: ' ' }, 'detail.checkName: must not be empty'],
  ])('%j: says what it lacks', (changes, says) => {
    const { message } = errorOf(() => read(changes));
    expect(message).toBe(`The Remediator Finding event cannot be read: ${says}.`);
  });

  it.each([
    [{ checkName: '' }, 'checkName'],
    [{ checkName: 'x'.repeat(513) }, 'checkName'],
    [{ status: 'Blue' }, 'status'],
    [{ status: undefined }, 'status'],
    [{ account: '1' }, 'account'],
    [{ resource: 'x'.repeat(2049) }, 'resource'],
  ])('%j: EVENT_INCOMPLETE', (changes, named) => {
    expect(errorOf(() => read(changes))).toMatchObject({
      code: 'EVENT_INCOMPLETE',
      message: expect.stringContaining(named),
    });
  });

  it.each(['aws.config', '', undefined])('from %j is not recognised', (source) => {
    const error = errorOf(() => readOne({ ...sampleEvent(NAME), source }));
    expect(error.code).toBe('EVENT_NOT_RECOGNISED');
  });
});

describe('its JSON Schema', () => {
  it('takes the sample and what it needs', () => {
    expect(schema.safeParse(sampleEvent(NAME).detail).success).toBe(true);
    expect(schema.safeParse({ checkName: 'x', status: 'Green', more: 1 }).success).toBe(true);
  });

  it.each([
    [{ checkName: '' }],
    [{ checkName: 'x'.repeat(513) }],
    [{ status: 'Blue' }],
    [{ status: undefined }],
    [{ account: '1' }],
    [{ resource: 'x'.repeat(2049) }],
    [{ severity: 'x'.repeat(65) }],
  ])('refuses what we refuse: %j', (changes) => {
    const detail = JSON.parse(JSON.stringify({ ...sampleEvent(NAME).detail, ...changes }));
    expect(schema.safeParse(detail).success).toBe(false);
    expect(() => read(changes)).toThrow();
  });
});
