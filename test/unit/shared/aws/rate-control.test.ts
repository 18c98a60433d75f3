import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRunbooks } from '../../../../shared/aws/runbooks.ts';
import { FakeClock } from '../../../helpers/fakes.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../../helpers/fakes-aws-json.ts';
import { ACCOUNT, REGION, ROLE_ARN, RUNBOOK } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const ID = '333ba70b-2333-48db-b17e-a5e69c6f4d1c';
const CHILD = '444ba70b-2333-48db-b17e-a5e69c6f4d1c';

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
});
afterAll(() => aws[Symbol.asyncDispose]());
beforeEach(() => {
  aws.requests.length = 0;
});

function create() {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SSMClient({ region: REGION, endpoint: aws.url, credentials, maxAttempts: 1 });
  return createRunbooks(() => client, new FakeClock());
}

const startOf = (values: readonly string[]) =>
  create().start({
    ...PLACE,
    document: RUNBOOK,
    parameters: { AutomationAssumeRole: [ROLE_ARN] },
    clientToken: '00000000-0000-8000-8000-000000000000',
    tags: {},
    rateControl: { parameter: 'GroupId', values, maxConcurrency: '4', maxErrors: '10%' },
  });

describe('a rate-controlled start', () => {
  it('sends a map for each value', async () => {
    aws.answer = () => ({ AutomationExecutionId: ID });
    expect(await startOf(['sg-1', 'x'.repeat(50)])).toBe(ID);
    expect(aws.requests).toMatchObject([
      {
        operation: 'StartAutomationExecution',
        body: {
          Parameters: { AutomationAssumeRole: [ROLE_ARN] },
          TargetParameterName: 'GroupId',
          TargetMaps: [{ GroupId: ['sg-1'] }, { GroupId: ['x'.repeat(50)] }],
          MaxConcurrency: '4',
          MaxErrors: '10%',
        },
      },
    ]);
    expect(aws.requests[0]?.body).not.toHaveProperty('Targets');
  });

  it('sends values that are too long for a map as targets', async () => {
    aws.answer = () => ({ AutomationExecutionId: ID });
    const values = ['sg-1', 'x'.repeat(51)];
    await startOf(values);
    expect(aws.requests[0]?.body).toMatchObject({
      TargetParameterName: 'GroupId',
      Targets: [{ Key: 'ParameterValues', Values: values }],
    });
    expect(aws.requests[0]?.body).not.toHaveProperty('TargetMaps');
  });

  it('whose maps are refused is refused', async () => {
    aws.answer = () => new AwsFault('InvalidTargetMaps');
    await expect(startOf(['sg-1'])).rejects.toMatchObject({ code: 'RUNBOOK_REFUSED' });
  });
});

describe('children', () => {
  it('are all listed, page by page', async () => {
    const child = { AutomationExecutionId: CHILD, AutomationExecutionStatus: 'Success', Target: 'sg-1' };
    const pages = [
      { AutomationExecutionMetadataList: [child], NextToken: 'two' },
      { AutomationExecutionMetadataList: [], NextToken: 'three' },
      { AutomationExecutionMetadataList: [{ ...child, Target: undefined }] },
    ];
    aws.answer = () => pages.shift() ?? {};
    expect(await create().childrenOf(ID, PLACE)).toEqual([
      { id: CHILD, status: 'Success', target: 'sg-1' },
      { id: CHILD, status: 'Success' },
    ]);
    expect(aws.requests.map(({ operation, body }) => [operation, body.NextToken])).toEqual([
      ['DescribeAutomationExecutions', undefined],
      ['DescribeAutomationExecutions', 'two'],
      ['DescribeAutomationExecutions', 'three'],
    ]);
    expect(aws.requests[0]?.body).toMatchObject({ Filters: [{ Key: 'ParentExecutionId', Values: [ID] }] });
  });

  it('that cannot be listed are not "none"', async () => {
    aws.answer = () => new AwsFault('ThrottlingException');
    await expect(create().childrenOf(ID, PLACE)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('say whose they are; one that bears the tag looked for stands for its parent', async () => {
    const known = { AutomationExecutionId: CHILD, ParentAutomationExecutionId: ID };
    aws.answer = ({ operation }) =>
      operation === 'GetAutomationExecution'
        ? { AutomationExecution: { ...known, AutomationExecutionStatus: 'Success' } }
        : { AutomationExecutionMetadataList: [known] };
    expect(await create().get(CHILD, PLACE)).toMatchObject({ parentId: ID });
    expect(await create().findByTagKey('t', PLACE)).toBe(ID);
  });
});

describe('what a rate-controlled execution runs for', () => {
  it.each([
    ['maps', { TargetMaps: [{ GroupId: ['sg-1'] }, { GroupId: ['sg-2'] }] }],
    ['targets', { Targets: [{ Key: 'ParameterValues', Values: ['sg-1', 'sg-2'] }], TargetMaps: [] }],
  ])('is told by its %s', async (_, given) => {
    const ended = 1_715_573_402;
    aws.answer = () => ({
      AutomationExecution: {
        AutomationExecutionStatus: 'Failed',
        TargetParameterName: 'GroupId',
        ExecutionEndTime: ended,
        ...given,
      },
    });
    expect(await create().get(ID, PLACE)).toMatchObject({
      targets: ['sg-1', 'sg-2'],
      endedAt: new Date(ended * 1000),
    });
  });

  it('is nothing for one that runs alone, and for a child', async () => {
    aws.answer = () => ({
      AutomationExecution: {
        AutomationExecutionStatus: 'Success',
        TargetParameterName: 'GroupId',
        Targets: [],
      },
    });
    expect(await create().get(ID, PLACE)).not.toHaveProperty('targets');
  });
});
