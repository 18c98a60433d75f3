import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { functions } from '../../../../../cli/doctor/checks/functions.ts';
import { streams } from '../../../../../cli/doctor/checks/streams.ts';
import { deployed, linesOf, STACK } from '../doctor.fixture.ts';

const RESULTS = 'remediator-prod-results-handler';
const good = { Configuration: { State: 'Active', LastUpdateStatus: 'Successful' } };
const only = (name: string, answer: object | Error) => ({
  GetFunction: ({ FunctionName }: { FunctionName?: unknown }) => (FunctionName === name ? answer : good),
});

describe('functions', () => {
  it('that are there, and can run', async () => {
    const results = await functions.run(deployed({ GetFunction: () => good }));
    expect(linesOf(results)).toEqual(['pass: 7 functions are active']);
  });

  const gone = new ResourceNotFoundException({ message: 'x', $metadata: {}, Type: 'User' });
  it.each([
    ['is missing', gone, /there is no function remediator-prod-results-handler/],
    ['failed', { Configuration: { State: 'Failed', StateReason: 'no' } }, /is Failed \(no\)/],
    ['was not updated', { Configuration: { LastUpdateStatus: 'Failed' } }, /last update of .* failed/],
    ['may not run', { ...good, Concurrency: { ReservedConcurrentExecutions: 0 } }, /concurrency of 0/],
    [
      'uses another table',
      { Configuration: { Environment: { Variables: { REMEDIATION_GUARD_TABLE: 'Other' } } } },
      /uses the table Other, and RemediationGuardTable/,
    ],
  ])('one that %s', async (_, answer, found) => {
    const results = await functions.run(deployed(only(RESULTS, answer)));
    expect(results).toMatchObject([{ verdict: 'fail', found: expect.stringMatching(found) }]);
  });
});

describe('streams', () => {
  const mappingsOf = (arn: unknown) =>
    STACK.functions
      .filter(({ functionArn }) => functionArn === arn)
      .flatMap(({ streams: some }) =>
        some.map((stream) => ({
          UUID: 'u',
          State: 'Enabled',
          LastProcessingResult: 'OK',
          EventSourceArn: `arn:aws:dynamodb:us-east-1:1:table/${stream.tableName}/stream/1`,
          MaximumRetryAttempts: stream.maximumRetryAttempts,
          FilterCriteria: { Filters: stream.filterPatterns.map(() => ({ Pattern: '{}' })) },
        })),
      );
  const listing = (change: object) => ({
    ListEventSourceMappings: ({ FunctionName }: { FunctionName?: unknown }) => ({
      EventSourceMappings: mappingsOf(FunctionName).map((mapping) =>
        String(FunctionName).endsWith('results-handler') ? { ...mapping, ...change } : mapping,
      ),
    }),
  });

  it('that reach their functions', async () => {
    expect(linesOf(await streams.run(deployed(listing({}))))).toEqual([
      'pass: 2 functions read their streams, as serverless.yml says',
    ]);
  });

  it.each([
    [
      'of another table',
      { EventSourceArn: 'arn:x/Other/stream/1' },
      'fail',
      /does not read the stream of CheckT/,
    ],
    ['switched off', { State: 'Disabled' }, 'fail', /it is Disabled/],
    ['with an error', { LastProcessingResult: 'PROBLEM: Function call failed' }, 'fail', /PROBLEM/],
    ['with other settings', { MaximumRetryAttempts: -1 }, 'warn', /maximumRetryAttempts/],
    ['without its filters', { FilterCriteria: { Filters: [] } }, 'warn', /number of filters/],
  ])('one %s', async (_, change, verdict, found) => {
    expect(await streams.run(deployed(listing(change)))).toMatchObject([
      { verdict, found: expect.stringMatching(found) },
    ]);
  });
});
