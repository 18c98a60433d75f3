import { describe, expect, it } from 'vitest';
import { automationStack } from './support.ts';

/** What a runbook of these parameters hands to an API, given these values. */
async function used(parameters: string, given: Record<string, string[]> = {}, inputs = "P: '{{ P }}'") {
  const stack = automationStack({ Say: () => ({}) });
  const shown = await stack.run(
    `schemaVersion: '0.3'
parameters: ${parameters}
mainSteps:
  - { name: say, action: 'aws:executeAwsApi', inputs: { Service: s3, Api: Say, ${inputs} } }`,
    given,
  );
  return { shown, input: stack.account.calls[0]?.input };
}

describe('a default', () => {
  it('can name other parameters, also those with such a default themselves', async () => {
    const { input, shown } = await used(
      `{ P: { type: String, default: '{{ Q }} on {{global:DATE}}' }, Q: { type: String, default: 'from {{Source}} x{{ N }}' },
         N: { type: Integer, default: 2 }, Source: { type: String } }`,
      { Source: ['ami-1'] },
    );
    expect(input).toEqual({ P: 'from ami-1 x2 on 2024-11-29' });
    expect(shown.Parameters).toMatchObject({ P: ['from ami-1 x2 on 2024-11-29'], Q: ['from ami-1 x2'] });
  });

  it('that is given is not looked into', async () => {
    const { input } = await used("{ P: { type: String, default: 'a{{ Q }}' }, Q: { type: String } }", {
      P: ['b{{ Q }}'],
      Q: ['q'],
    });
    expect(input).toEqual({ P: 'b{{ Q }}' });
  });

  it('of a list takes the members of another list, and text', async () => {
    const { input } = await used(
      `{ P: { type: StringList, default: ['{{ Ids }}', 'in {{ global:REGION }}'] }, Ids: { type: StringList } }`,
      { Ids: ['i-1', 'i-2'] },
    );
    expect(input).toEqual({ P: ['i-1', 'i-2', 'in us-east-1'] });
  });

  it('keeps what names nothing, or goes in a circle', async () => {
    const { input } = await used(
      "{ P: { type: String, default: 'p {{ Q }} {{TARGET_ID}}' }, Q: { type: String, default: 'q {{ P }}' } }",
    );
    expect(input).toEqual({ P: 'p q {{ P }} {{TARGET_ID}}' });
  });

  it('is held to the constraints once it is filled in', async () => {
    const run = used(
      "{ P: { type: String, default: 'x-{{ Q }}', allowedPattern: 'x-a+' }, Q: { type: String } }",
      {
        Q: ['b'],
      },
    );
    await expect(run).rejects.toThrow(/"x-b", which does not match its allowed pattern/);
  });

  it.each([
    ['String', ''],
    ['AWS::IAM::Role::Arn', ''],
    ['StringList', []],
    ['MapList', []],
    ['StringMap', {}],
  ])('of null is the empty %s', async (type, value) => {
    const { input } = await used(
      `{ P: { type: '${type}', default: null, allowedPattern: 'x' } }`,
      {},
      "In: { P: '{{ P }}' }",
    );
    expect(input).toEqual({ In: { P: value } });
  });

  it.each(['Integer', 'Boolean'])('of null is none for an %s', async (type) => {
    await expect(used(`{ P: { type: ${type}, default: null } }`)).rejects.toThrow(
      /Missing required parameters: \[P\]/,
    );
  });
});
