import { describe, expect, it } from 'vitest';
import { actionStack, refusal } from './support.ts';

const Tags = [{ Key: 'team', Value: '' }];
const step = (inputs: object) => ({ action: 'aws:createTags', inputs: { Tags, ...inputs } });

describe('aws:createTags', () => {
  it('tags EC2 resources by default', async () => {
    const { run, calls } = actionStack({ CreateTags: () => ({}) });
    expect((await run(step({ ResourceIds: ['i-1', 'ami-2'] }))).StepStatus).toBe('Success');
    expect(calls).toEqual([
      {
        service: 'ec2',
        operation: 'CreateTags',
        region: 'us-east-1',
        input: { Resources: ['i-1', 'ami-2'], Tags },
      },
    ]);
  });

  it('tags a parameter of Systems Manager', async () => {
    const { run, call } = actionStack();
    await call('PutParameter', { Name: 'flag', Value: 'on', Type: 'String' });
    expect((await run(step({ ResourceType: 'Parameter', ResourceIds: 'flag' }))).StepStatus).toBe('Success');
    expect(await call('ListTagsForResource', { ResourceType: 'Parameter', ResourceId: 'flag' })).toEqual({
      TagList: Tags,
    });
  });

  it("fails with the service's words", async () => {
    const { run } = actionStack({ CreateTags: refusal('InvalidID', 'The ID is not valid') });
    expect((await run(step({ ResourceIds: ['x'] }))).FailureMessage).toContain('(InvalidID)');
    expect((await run(step({ ResourceIds: ['none'], ResourceType: 'Parameter' }))).FailureMessage).toContain(
      '(InvalidResourceId)',
    );
  });

  it.each([
    [{ ResourceIds: ['a', 'b'], ResourceType: 'Parameter' }, 'one ID only'],
    [{ ResourceIds: ['a'], ResourceType: 'S3' }, 'ResourceType has to be one of EC2, ManagedInstance'],
    [{ ResourceIds: ['a'], Tags: 'x' }, 'Tags has to be a list of maps'],
    [{ ResourceIds: [] }, 'ResourceIds is missing'],
  ])('refuses %j', async (inputs, message) => {
    const { run, calls } = actionStack();
    expect((await run(step(inputs))).FailureMessage).toContain(message);
    expect(calls).toEqual([]);
  });
});
