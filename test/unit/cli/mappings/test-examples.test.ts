import { describe, expect, it } from 'vitest';
import { testMappings } from '../../../../cli/mappings/test-examples.ts';
import { aMappingRow, GROUP_ARN, GROUP_ID } from '../../../helpers/findings.ts';
import { openFolder } from '../../../helpers/folder.ts';
import { recordingUi } from '../../../helpers/ui.ts';

const folder = openFolder();

let number = 0;

async function run(rows: readonly object[], options: Parameters<typeof testMappings>[1] = {}) {
  number += 1;
  const ui = recordingUi();
  const file = folder.write(`${number}.json`, rows);
  return { exitCode: await testMappings(file, options, ui), ...ui };
}

const row = (example: object, changes: object = {}) =>
  aMappingRow({ automationParameters: { GroupId: ['$resourceId'] }, examples: [example], ...changes });
const passing = { resource: GROUP_ARN, expect: { parameters: { GroupId: [GROUP_ID] } } };

describe('mappings test', () => {
  it.each([
    ['parameters', passing],
    ['an error', { resource: 'i-0123456789abcdef0', expect: { error: 'RESOURCE_NOT_MATCHED' } }],
  ])('passes where what comes is expected: %s', async (_, example) => {
    const { exitCode, printed } = await run([row(example)]);
    expect(exitCode).toBe(0);
    expect(printed.at(-1)).toBe('1 example of 1 row: 0 failed');
  });

  it('knows the event, the account and the region of an example', async () => {
    const { exitCode } = await run([
      row(
        {
          resource: GROUP_ARN,
          detail: { 'Security Group ID': 'sg-2' },
          status: 'Yellow',
          region: 'eu-west-1',
          expect: { parameters: { GroupId: ['sg-2 012345678901 eu-west-1 Yellow'] } },
        },
        { automationParameters: { GroupId: ["$detail['Security Group ID'] $account $region $status"] } },
      ),
    ]);
    expect(exitCode).toBe(0);
  });

  it.each([
    ['other values', { resource: GROUP_ARN, expect: { parameters: { GroupId: ['sg-other'] } } }],
    ['parameters besides', { resource: GROUP_ARN, expect: { parameters: {} } }],
    [
      'parameters that lack',
      { resource: GROUP_ARN, expect: { parameters: { GroupId: [GROUP_ID], More: ['x'] } } },
    ],
    ['no error', { resource: GROUP_ARN, expect: { error: 'RESOURCE_NOT_MATCHED' } }],
    ['another error', { resource: 'x', expect: { error: 'PARAMETER_EMPTY' } }],
    ['an error', { resource: 'x', expect: { parameters: { GroupId: ['x'] } } }],
  ])('fails with %s, and shows both', async (_, example) => {
    const { exitCode, printed } = await run([row(passing), row(example, { checkName: 'other' })]);
    expect(exitCode).toBe(1);
    expect(printed[0]).toMatch(/✓/);
    expect(printed[1]).toMatch(/✗[\s\S]*expected[\s\S]*got/);
    expect(printed.at(-1)).toBe('2 examples of 2 rows: 1 failed');
  });

  it('gives programs the same', async () => {
    const { printed, exitCode } = await run([row({ ...passing, resource: 'x' })], { json: true });
    expect(exitCode).toBe(1);
    expect(JSON.parse(printed.join(''))).toMatchObject({
      examples: 1,
      failed: 1,
      results: [{ passed: false, resource: 'x', actual: { error: 'RESOURCE_NOT_MATCHED' } }],
    });
  });

  it('names rows without examples; without any there is nothing to test', async () => {
    const without = aMappingRow({ checkName: 'without' });
    expect((await run([row(passing), without])).remarked).toEqual(['1 row without examples: without']);
    await expect(run([without])).rejects.toMatchObject({ code: 'NO_EXAMPLES', exitCode: 2 });
  });

  it('refuses a file with errors', async () => {
    await expect(run([row(passing, { maxAttempts: 0 })])).rejects.toMatchObject({
      code: 'MAPPING_INVALID',
      exitCode: 1,
      message: expect.stringContaining('maxAttempts'),
    });
  });
});
