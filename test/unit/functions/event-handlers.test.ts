import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RemediatorError } from '../../../shared/domain/errors.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../helpers/fakes-aws-json.ts';
import { aContext, stubFunctionEnvironment } from '../../helpers/fakes-lambda.ts';
import { aTrustedAdvisorEvent, sampleEvent } from '../../helpers/records.ts';

type Handler = (event: unknown, context: ReturnType<typeof aContext>) => Promise<unknown>;

let aws: FakeAws;
let handlers: Record<'checkTracker' | 'executionEvents' | 'opsItemEvents' | 'reconciler', Handler>;
beforeAll(async () => {
  aws = await startFakeAws();
  stubFunctionEnvironment(aws.url);
  handlers = {
    checkTracker: (await import('../../../functions/check-tracker.ts')).handler as Handler,
    executionEvents: (await import('../../../functions/execution-events-handler.ts')).handler as Handler,
    opsItemEvents: (await import('../../../functions/ops-item-events-handler.ts')).handler as Handler,
    reconciler: (await import('../../../functions/reconciler.ts')).handler as Handler,
  };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws[Symbol.asyncDispose]();
});
beforeEach(() => {
  aws.requests.length = 0;
  aws.answer = () => ({});
});

const operations = () => aws.requests.map(({ operation }) => operation);

const ROW = {
  findingId: { S: 'f' },
  attempt: { S: '000001-001' },
  state: { S: 'Running' },
  account: { S: '123456789012' },
  region: { S: 'us-east-2' },
  opsItemId: { S: 'oi-123456abcdef' },
  automationExecutionId: { S: '333ba70b-2333-48db-b17e-a5e69c6f4d1c' },
};

describe('check-tracker', () => {
  it('a tracked finding is one UpdateItem', async () => {
    await handlers.checkTracker(aTrustedAdvisorEvent(), aContext());
    expect(operations()).toEqual(['UpdateItem']);
    expect(aws.requests[0]?.body).toMatchObject({
      TableName: 'CheckTrackerTable',
      ConditionExpression: expect.stringContaining('lastUpdatedEpochMs'),
    });
  });

  it('a stale event is done, not retried', async () => {
    aws.answer = () => new AwsFault('ConditionalCheckFailedException');
    await handlers.checkTracker(aTrustedAdvisorEvent(), aContext());
    expect(operations()).toEqual(['UpdateItem']);
  });

  it.each([
    ['of no known shape', { hello: 'world' }, 'EVENT_NOT_RECOGNISED'],
    ['without an account', aTrustedAdvisorEvent({ account: undefined }), 'EVENT_INCOMPLETE'],
  ])('an event %s is thrown with its code, so that it reaches the failure queue', async (_, event, code) => {
    const failure = handlers.checkTracker(event, aContext());
    await expect(failure).rejects.toBeInstanceOf(RemediatorError);
    await expect(failure).rejects.toMatchObject({ code });
    expect(operations()).toEqual([]);
  });

  it('an error of DynamoDB is thrown, so that Lambda tries again', async () => {
    aws.answer = () => new AwsFault('AccessDeniedException');
    await expect(handlers.checkTracker(aTrustedAdvisorEvent(), aContext())).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('execution-events-handler', () => {
  it('closes with three calls', async () => {
    aws.answer = ({ operation }) => {
      if (operation === 'Query') return { Items: [ROW] };
      if (operation === 'UpdateItem') return { Attributes: { ...ROW, state: { S: 'Resolved' } } };
      return {};
    };
    await handlers.executionEvents(sampleEvent('ssm-automation-execution-success'), aContext());
    expect(operations()).toEqual(['Query', 'UpdateOpsItem', 'UpdateItem']);
    expect(aws.requests[1]?.body).toMatchObject({ OpsItemId: 'oi-123456abcdef', Status: 'Resolved' });
  });

  it("somebody else's execution costs three reads", async () => {
    aws.answer = ({ operation }) => (operation === 'Query' ? { Items: [] } : { TagList: [] });
    await handlers.executionEvents(sampleEvent('ssm-automation-execution-success'), aContext());
    expect(operations().toSorted()).toEqual(['GetAutomationExecution', 'ListTagsForResource', 'Query']);
  });

  it('one in an account where there is no role for us is not ours, and costs none', async () => {
    const event = { ...sampleEvent('ssm-automation-execution-success'), account: '999999999999' };
    await handlers.executionEvents(event, aContext());
    expect(operations()).toEqual([]);
  });

  it('an event that cannot be read is thrown with its code', async () => {
    await expect(handlers.executionEvents({}, aContext())).rejects.toMatchObject({
      code: 'EVENT_INCOMPLETE',
    });
  });
});

describe('ops-item-events-handler', () => {
  it("ends the remediation that a person's OpsItem stands for", async () => {
    aws.answer = ({ operation }) => {
      if (operation === 'GetOpsItem')
        return { OpsItem: { OperationalData: { findingId: { Value: 'f', Type: 'String' } } } };
      if (operation === 'Query') return { Items: [{ ...ROW, state: { S: 'Escalated' } }] };
      return { Attributes: { ...ROW, state: { S: 'Resolved' } } };
    };
    await handlers.opsItemEvents(sampleEvent('ssm-ops-item-update'), aContext());
    expect(operations()).toEqual(['GetOpsItem', 'Query', 'UpdateItem']);
  });
});

describe('reconciler', () => {
  it('with nothing due is one query', async () => {
    aws.answer = () => ({ Items: [] });
    await handlers.reconciler({}, aContext());
    expect(operations()).toEqual(['Query']);
    expect(aws.requests[0]?.body).toMatchObject({ IndexName: 'byNextAction' });
  });

  it('throws what failed after it has looked at everything, so that an alarm goes off', async () => {
    aws.answer = ({ operation }) => {
      if (operation === 'Query') return { Items: [ROW, { ...ROW, findingId: { S: 'g' } }] };
      if (operation === 'GetAutomationExecution') return new AwsFault('AccessDeniedException');
      return { Attributes: ROW };
    };
    const failure = handlers.reconciler({}, aContext());
    await expect(failure).rejects.toThrow('2 of 2 rows failed');
    expect(operations().filter((each) => each === 'GetAutomationExecution')).toHaveLength(2);
  });
});
