import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRunbooks } from '../../../../shared/aws/runbooks.ts';
import type { Place } from '../../../../shared/ports.ts';
import { FakeClock } from '../../../helpers/fakes.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../../helpers/fakes-aws-json.ts';
import { ACCOUNT, REGION, RUNBOOK } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const ID = '333ba70b-2333-48db-b17e-a5e69c6f4d1c';
const REQUEST = {
  ...PLACE,
  document: RUNBOOK,
  parameters: { GroupId: ['sg-1', '"quoted" \\ {x}'] },
  clientToken: '00000000-0000-8000-8000-000000000000',
  tags: { 'remediator:findingId': 'f', 'remediator:token:t': 'remediator' },
};

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
});
afterAll(() => aws[Symbol.asyncDispose]());

let clock: FakeClock;
let places: Place[];
beforeEach(() => {
  clock = new FakeClock();
  places = [];
  aws.requests.length = 0;
});

function create() {
  return createRunbooks((place) => {
    places.push(place);
    return new SSMClient({
      region: place.region,
      endpoint: aws.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  }, clock);
}

describe('start', () => {
  it('sends document, parameters, client token and tags, to the place of the finding', async () => {
    aws.answer = () => ({ AutomationExecutionId: ID });
    expect(await create().start(REQUEST)).toBe(ID);
    expect(aws.requests).toEqual([
      {
        operation: 'StartAutomationExecution',
        body: {
          DocumentName: RUNBOOK,
          Parameters: REQUEST.parameters,
          ClientToken: REQUEST.clientToken,
          Tags: [
            { Key: 'remediator:findingId', Value: 'f' },
            { Key: 'remediator:token:t', Value: 'remediator' },
          ],
        },
      },
    ]);
    expect(places).toMatchObject([PLACE]);
  });

  it.each([
    'AutomationDefinitionNotFoundException',
    'AutomationDefinitionNotApprovedException',
    'AutomationDefinitionVersionNotFoundException',
    'InvalidAutomationExecutionParametersException',
    'InvalidTarget',
    'ValidationException',
    'AccessDeniedException',
  ])('%s is a refusal, with its sentence', async (code) => {
    aws.answer = () => new AwsFault(code);
    await expect(create().start(REQUEST)).rejects.toMatchObject({
      code: 'RUNBOOK_REFUSED',
      retryable: false,
      message: `${RUNBOOK} was not started: ${code}: ${code} of the test`,
      cause: expect.any(Error),
    });
  });

  it.each([
    'ThrottlingException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'AutomationExecutionLimitExceededException',
  ])('%s is a start that waits: nothing was started', async (code) => {
    aws.answer = () => new AwsFault(code);
    await expect(create().start(REQUEST)).rejects.toMatchObject({
      code: 'START_THROTTLED',
      retryable: true,
      message: `${RUNBOOK} was not started yet: ${code}: ${code} of the test`,
      cause: expect.any(Error),
    });
  });

  it.each([
    ['IdempotentParameterMismatch', 400],
    ['InternalServerError', 500],
    ['ExpiredTokenException', 400],
    ['SomethingNew', 400],
  ])('%s may pass: it is thrown as it is, never decided on', async (code, status) => {
    aws.answer = () => new AwsFault(code, { status });
    await expect(create().start(REQUEST)).rejects.toMatchObject({ name: code });
  });

  it('an answer without an ID is no start', async () => {
    aws.answer = () => ({});
    await expect(create().start(REQUEST)).rejects.toMatchObject({ code: 'AWS_CALL_FAILED', retryable: true });
  });
});

describe('describe', () => {
  const DOCUMENT = {
    Name: RUNBOOK,
    DocumentType: 'Automation',
    Parameters: [
      { Name: 'GroupId', Type: 'String' },
      { Name: 'IpAddressToBlock', Type: 'String', DefaultValue: '' },
      { Name: 'List', Type: 'StringList', DefaultValue: '[]' },
    ],
  };

  it('tells which parameters are demanded: an empty default is one', async () => {
    aws.answer = () => ({ Document: DOCUMENT });
    expect(await create().describe(RUNBOOK, PLACE)).toEqual({
      name: RUNBOOK,
      parameters: [
        { name: 'GroupId', required: true },
        { name: 'IpAddressToBlock', required: false },
        { name: 'List', required: false },
      ],
    });
  });

  it('a runbook without parameters takes none', async () => {
    aws.answer = () => ({ Document: { DocumentType: 'Automation' } });
    expect(await create().describe(RUNBOOK, PLACE)).toMatchObject({ parameters: [] });
  });

  it.each(['InvalidDocument', 'ValidationException'])('%s: there is none', async (code) => {
    aws.answer = () => new AwsFault(code);
    expect(await create().describe('nope', PLACE)).toMatchObject({
      code: 'RUNBOOK_NOT_FOUND',
      message: `There is no runbook nope in ${REGION}.`,
    });
  });

  it('a document of another kind is no runbook', async () => {
    aws.answer = () => ({ Document: { ...DOCUMENT, DocumentType: 'Command' } });
    expect(await create().describe(RUNBOOK, PLACE)).toMatchObject({ code: 'RUNBOOK_NOT_FOUND' });
  });

  it('a throttled read is thrown, and not remembered', async () => {
    aws.answer = () => new AwsFault('ThrottlingException');
    const runbooks = create();
    await expect(runbooks.describe(RUNBOOK, PLACE)).rejects.toMatchObject({ name: 'ThrottlingException' });
    aws.answer = () => ({ Document: DOCUMENT });
    expect(await runbooks.describe(RUNBOOK, PLACE)).toMatchObject({ name: RUNBOOK });
  });

  it('is remembered for a minute in each place; that there is none is not', async () => {
    aws.answer = () => ({ Document: DOCUMENT });
    const runbooks = create();
    await runbooks.describe(RUNBOOK, PLACE);
    await runbooks.describe(RUNBOOK, PLACE);
    expect(aws.requests).toHaveLength(1);
    await runbooks.describe(RUNBOOK, { account: ACCOUNT, region: 'us-east-1' });
    await runbooks.describe(RUNBOOK, { ...PLACE, account: '123456789012' });
    expect(aws.requests).toHaveLength(3);
    clock.advance(60_000);
    await runbooks.describe(RUNBOOK, PLACE);
    expect(aws.requests).toHaveLength(4);

    aws.answer = () => new AwsFault('InvalidDocument');
    await runbooks.describe('nope', PLACE);
    await runbooks.describe('nope', PLACE);
    expect(aws.requests).toHaveLength(6);
  });
});

describe('findByTagKey', () => {
  it('asks by the key of the tag', async () => {
    aws.answer = () => ({ AutomationExecutionMetadataList: [{ AutomationExecutionId: ID }] });
    expect(await create().findByTagKey('remediator:token:t', PLACE)).toBe(ID);
    expect(aws.requests).toMatchObject([
      {
        operation: 'DescribeAutomationExecutions',
        body: { Filters: [{ Key: 'TagKey', Values: ['remediator:token:t'] }] },
      },
    ]);
  });

  it('there is none', async () => {
    aws.answer = () => ({ AutomationExecutionMetadataList: [] });
    expect(await create().findByTagKey('t', PLACE)).toBeUndefined();
  });

  it('an empty page is not the end: else a second execution would be started', async () => {
    aws.answer = ({ body }) =>
      body.NextToken === undefined
        ? { AutomationExecutionMetadataList: [], NextToken: 'more' }
        : { AutomationExecutionMetadataList: [{ AutomationExecutionId: ID }] };
    expect(await create().findByTagKey('t', PLACE)).toBe(ID);
  });

  it('an error is thrown, never "there is none"', async () => {
    aws.answer = () => new AwsFault('ThrottlingException');
    await expect(create().findByTagKey('t', PLACE)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('get and tagsOf', () => {
  it('tells status, reason, and what was run', async () => {
    aws.answer = () => ({
      AutomationExecution: {
        AutomationExecutionStatus: 'Failed',
        FailureMessage: 'because',
        DocumentName: RUNBOOK,
        Parameters: { GroupId: ['sg-1'] },
      },
    });
    expect(await create().get(ID, PLACE)).toEqual({
      status: 'Failed',
      failureMessage: 'because',
      document: RUNBOOK,
      parameters: { GroupId: ['sg-1'] },
      outputs: {},
    });
    expect(aws.requests[0]).toEqual({
      operation: 'GetAutomationExecution',
      body: { AutomationExecutionId: ID },
    });
  });

  it('tells who ran it, and from which OpsItem', async () => {
    const ExecutedBy = 'arn:aws:sts::012345678901:assumed-role/Responder/me';
    aws.answer = () => ({
      AutomationExecution: { AutomationExecutionStatus: 'Success', OpsItemId: 'oi-0123456789ab', ExecutedBy },
    });
    expect(await create().get(ID, PLACE)).toEqual({
      status: 'Success',
      document: '',
      parameters: {},
      outputs: {},
      opsItemId: 'oi-0123456789ab',
      executedBy: ExecutedBy,
    });
  });

  it("outputs of its steps have the step's name before theirs, those of the document have one already", async () => {
    aws.answer = () => ({
      AutomationExecution: {
        AutomationExecutionStatus: 'Success',
        Outputs: { 'Revoke.RuleIds': ['sgr-document'] },
        StepExecutions: [
          { StepName: 'Revoke', Outputs: { RuleIds: ['sgr-1', 'sgr-2'], Group: ['sg-1'] } },
          { StepName: 'Nothing' },
        ],
      },
    });
    expect((await create().get(ID, PLACE))?.outputs).toEqual({
      'Revoke.RuleIds': ['sgr-document'],
      'Revoke.Group': ['sg-1'],
    });
  });

  it('an execution without a status is none', async () => {
    aws.answer = () => ({ AutomationExecution: { DocumentName: RUNBOOK } });
    expect(await create().get(ID, PLACE)).toBeUndefined();
  });

  it('an execution that Systems Manager does not know is undefined', async () => {
    aws.answer = () => new AwsFault('AutomationExecutionNotFoundException');
    expect(await create().get(ID, PLACE)).toBeUndefined();
  });

  it('tags by key', async () => {
    aws.answer = () => ({
      TagList: [
        { Key: 'a', Value: 'b' },
        { Key: 'c', Value: '' },
      ],
    });
    expect(await create().tagsOf(ID, PLACE)).toEqual({ a: 'b', c: '' });
    expect(aws.requests[0]).toEqual({
      operation: 'ListTagsForResource',
      body: { ResourceType: 'Automation', ResourceId: ID },
    });
  });

  it('an execution that is gone has none; an error is thrown', async () => {
    aws.answer = () => new AwsFault('InvalidResourceId');
    expect(await create().tagsOf(ID, PLACE)).toEqual({});
    aws.answer = () => new AwsFault('InternalServerError', { status: 500 });
    await expect(create().tagsOf(ID, PLACE)).rejects.toThrow();
    await expect(create().get(ID, PLACE)).rejects.toThrow();
  });
});
