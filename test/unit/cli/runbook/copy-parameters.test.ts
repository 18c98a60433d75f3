import { describe, expect, test } from 'vitest';
import { copyParameters } from '../../../../cli/runbook/copy-parameters.ts';
import { AwsError } from '../../../../local/aws-error.ts';
import type { JsonObject } from '../../../../local/service.ts';
import { validateDocument } from '../../../../local/ssm/documents/validate.ts';
import { ScriptedAccount } from '../../local/ssm/automation/support.ts';

const { runbook: RUNBOOK } = validateDocument(`schemaVersion: '0.3'
parameters:
  Image: { type: String, default: '{{ ssm:/images/base }}' }
  Path: { type: String, default: 's3://{{ssm:bucket}}/{{ ssm:prefix }}' }
  Plain: { type: String, default: x }
mainSteps: [{ name: A, action: 'aws:sleep', inputs: { Duration: PT0S } }]`);

async function copy(given: JsonObject, answer: (input: JsonObject) => unknown) {
  if (RUNBOOK === undefined) throw new Error('the document is not valid');
  const put: JsonObject[] = [];
  const account = new ScriptedAccount({ GetParameter: answer });
  await copyParameters(
    { account, region: 'eu-west-1', label: 'http://x', put: async (parameter) => put.push(parameter) },
    RUNBOOK,
    given,
  );
  return { put, asked: account.calls };
}
const known = ({ Name }: JsonObject) => ({ Parameter: { Name, Value: `of ${Name}`, Type: 'String' } });
const refuse = (code: string) => () => {
  throw new AwsError(code, 'not\nhere');
};

describe('copyParameters', () => {
  test('copies what the defaults name', async () => {
    const { put } = await copy({}, known);
    expect(put).toEqual(
      ['/images/base', 'bucket', 'prefix'].map((Name) => ({
        Name,
        Value: `of ${Name}`,
        Type: 'String',
        Overwrite: true,
      })),
    );
  });

  test('does not ask for the defaults of what is given', async () => {
    const { asked } = await copy({ Path: ['s3://mine'] }, known);
    expect(asked.map(({ input }) => input.Name)).toEqual(['/images/base']);
    expect((await copy({ Path: ['p'], Image: ['i'] }, refuse('NotImplemented'))).put).toEqual([]);
  });

  test('leaves one that is not there to the start', async () => {
    expect((await copy({}, refuse('ParameterNotFound'))).put).toEqual([]);
  });

  test('names the parameter to be given where the account has no Parameter Store', async () => {
    await expect(copy({ Path: ['p'] }, refuse('NotImplemented'))).rejects.toThrow(
      expect.objectContaining({
        code: 'NO_PARAMETER_STORE',
        message:
          "http://x: {{ ssm:/images/base }}, the default of Image, can't be read there (NotImplemented: not here); give --parameters Image=…",
      }),
    );
  });
});
